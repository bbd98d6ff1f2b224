"""How policies stand: their drafts, who was consulted, what is missing, who acknowledged them."""
