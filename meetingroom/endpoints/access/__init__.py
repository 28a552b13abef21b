"""Who comes in, and as whom: passwords, codes, second factors, passkeys, the agency's provider, one's devices."""
