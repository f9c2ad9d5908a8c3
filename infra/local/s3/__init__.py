"""What S3 does besides storing objects, which moto does: presigned URLs, POST policies, notifications."""
