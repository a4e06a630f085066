package report

import "encoding/base64"

// Picture is a PNG of 40 x 20 pixels.
var Picture = Must(base64.StdEncoding.DecodeString(
	"iVBORw0KGgoAAAANSUhEUgAAACgAAAAUCAMAAADImI+JAAAAA1BMVEX/AAAZ4gk3AAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAEUlEQVQo" +
		"kWNgGAWjYBQwkAAAAzQAAWANf2kAAAAASUVORK5CYII="))
