/*
 * rung in a page of its own (docs/PAGE.md): the page's files, which are
 * compiled in, the labs that it has, and the engine for a browser, which make
 * page makes.
 */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "base/buf.h"
#include "base/diag.h"

/* The style and the script of the page; static. */
struct str web_style(void);
struct str web_script(void);

/*
 * The labs in the N FOLDERS, each one of a lab or one with a folder labs, with
 * all topologies, as a page has them (assets/page/app/library.js): an object of
 * JSON with their titles, and each text with its path before it, all with a NUL
 * in front.  Handouts, tasks and plans go into PROSE, which may be OUT, all
 * else into OUT.  N 0: rung's own labs.  CITES: all run, and each has a text
 * "cited/NAME" of the sections that its run cites.  Answers are not among it.
 * The language in force is another meanwhile.  0 or D's error.
 */
int web_put_library(const char *const *folders, size_t n, bool cites,
    struct buf *out, struct buf *prose, struct diag *d);

/* What a page has of its own, or says where it is. */
struct web_page {
	struct str policy, style, worker, script, engine; /* elements */
};
void web_put_page(const struct web_page *page, struct buf *out);

/* Whether the engine is in FOLDER (NULL: where it is installed): 0 or D's
 * error, before a library is made for it, which runs labs. */
int web_find_engine(const char *folder, struct diag *d);

/*
 * The page that needs no server, with LIBRARY and its PROSE, as
 * web_put_library puts them, and with the engine that is in FOLDER (NULL: where
 * it is installed).  0 or D's error: ERR_NOTFOUND without an engine.
 */
int web_put_file(const char *folder, struct str library, struct str prose,
    struct buf *out, struct diag *d);

/*
 * PAGE, which has the labs of the N FOLDERS (as web_put_library takes them), as
 * a package of SCORM 1.2: a zip file.  0 or D's error: ERR_UNSUPPORTED where
 * minizip is missing.
 */
int web_put_scorm(const char *const *folders, size_t n, struct str page,
    struct buf *out, struct diag *d);

/* ---- shared by the files of the page's room ---- */

/* The labs of the N FOLDERS; N 0: all.  LABS is begun again; share_labs_free it
 * in any case.  0 or D's error. */
struct share_labs;
int web_read_labs(const char *const *folders, size_t n, struct share_labs *labs,
    struct diag *d);

/* What web/assets.sh makes: the page around all, and by which its policy lets
 * style and script be. */
struct str web_template(void);
extern const char web_style_hash[], web_script_hash[]; /* "sha256-…" */

#endif
