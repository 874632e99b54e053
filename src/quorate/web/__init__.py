"""The pages and the API: Django on top of the store. A folder a chapter, of the same name."""
