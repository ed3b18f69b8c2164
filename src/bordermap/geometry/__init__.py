"""Where: places, borders, shapes of uncertain places, distances on the ellipsoid."""
