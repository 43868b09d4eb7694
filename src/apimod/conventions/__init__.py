"""What the siblings teach: each answer with the place that taught it, and a default."""
