"""What is here, for those who gather catalogues: DCAT-AP-SE, the sitemap, robots.txt."""
