/*
 * The page's files, written by hand in assets/page and assets/html and compiled
 * in by src/interface/web/assets.sh.
 */
#include "web/web.h"

#include "web_assets.inc"

#define BYTES(of) ((struct str){ (const char *)(of), sizeof(of) })

struct str
web_template(void)
{
	return BYTES(template_bytes);
}

struct str
web_style(void)
{
	return BYTES(style_bytes);
}

struct str
web_script(void)
{
	return BYTES(script_bytes);
}
