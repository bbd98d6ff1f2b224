"""Reading the words of a post: what is said where, words in a row, sentences, syllables."""
