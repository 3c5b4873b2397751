"""What config.yaml may say, and what the code uses."""
