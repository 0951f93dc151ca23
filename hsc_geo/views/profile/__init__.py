"""One area beside others: its page and its paper."""
