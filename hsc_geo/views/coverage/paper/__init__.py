"""The paper of coverage."""
