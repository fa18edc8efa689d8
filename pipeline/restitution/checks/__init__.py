"""Every figure counted again, every draft measured."""
