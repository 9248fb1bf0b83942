"""Trains witan-mini, the small Mixture-of-Experts reader that Witan ships."""
