"""The site: pages made of evidence; nothing is run here."""
