"""The object remote in a bucket, over the S3 protocol; imported only where a bucket is used."""
