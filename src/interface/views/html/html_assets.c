/*
 * The page's style and script, written by hand in assets/html and compiled in
 * by src/interface/views/html/assets.sh.
 */
#include "views/html/html_in.h"

#include "html_assets.inc"

struct str
html_script(void)
{
	return (struct str){ (const char *)script_bytes, sizeof(script_bytes) };
}

struct str
html_style(void)
{
	return (struct str){ (const char *)style_bytes, sizeof(style_bytes) };
}
