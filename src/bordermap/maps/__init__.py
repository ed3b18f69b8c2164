"""What it looks like: layers as frozen values, the folium page, the browser client."""
