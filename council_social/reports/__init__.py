"""Pages that look across all apps: what happened, for auditors and committees."""
