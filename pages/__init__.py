"""What pages of every app are made with: lists in pieces, fields, charts. Knows no model."""
