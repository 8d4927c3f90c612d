"""Question files become figures: questions asked and judged, measures with intervals, a table and a page to read."""
