@rem Renders this instance's share of a scene's frames: render-3dsmax --help
@node "%~dp0render-3dsmax.cjs" %*
