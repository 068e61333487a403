"""Pictures for the demonstration, drawn by code: no photograph, no person, no licence."""
