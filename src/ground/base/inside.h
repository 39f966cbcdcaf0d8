/*
 * Files that a stranger's text names: they stay in the folder that they are
 * looked up in, so that a lab from somebody else opens nothing but itself.
 */
#ifndef BASE_INSIDE_H
#define BASE_INSIDE_H

#include "base/buf.h"

#include <stdbool.h>

/* NAME, "net.gv" or "more/net.gv", has no way up: it begins with no slash and
 * has no "..". */
bool inside_name(const char *name);

/*
 * PATH becomes FOLDER/NAME, which may be read.  0, ERR_NOTFOUND, ERR_NOMEM, or
 * ERR_RANGE: the name has a way up, or a link leads out of FOLDER.
 */
int inside_path(const char *folder, const char *name, struct buf *path);

#endif
