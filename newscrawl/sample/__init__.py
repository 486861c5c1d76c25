"""The bundled newsroom: two small news sites that were made up for this project, and the server that shows them."""
