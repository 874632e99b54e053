"""The API: any act as JSON, and everything public of the state at stable addresses."""
