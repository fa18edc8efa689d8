"""Commands about several workshops of one programme."""
