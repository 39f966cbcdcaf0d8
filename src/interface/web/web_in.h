/* What the files of the page's room share. */
#ifndef WEB_WEB_IN_H
#define WEB_WEB_IN_H

#include "web/web.h"

/* What web/assets.sh makes: the page around all, and by which its policy lets
 * style and script be. */
struct str web_template(void);
extern const char web_style_hash[], web_script_hash[]; /* "sha256-…" */

#endif
