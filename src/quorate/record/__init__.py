"""The record: entries, the Merkle tree over them, checkpoints, receipts, export and verify."""
