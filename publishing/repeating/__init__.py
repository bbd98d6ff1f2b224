"""Posts that repeat: on which days, in words, who may, and what is still to be made."""
