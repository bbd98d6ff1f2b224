"""What people upload, distrusted: looked into, made again, kept under the digest of its bytes."""
