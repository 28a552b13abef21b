"""Other systems: the API and its tokens, webhooks, and documents from and to other agencies."""
