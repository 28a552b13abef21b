"""HTTP and websocket: what a browser may ask for, and who may. With app.py the only importer of starlette."""
