/* What lies in a folder, in an order that no locale changes. */
#ifndef BASE_FOLDER_H
#define BASE_FOLDER_H

#include "base/str.h"

struct folder_names {
	char **names; /* owned; by their bytes, without those that begin with
			 a dot */
	size_t n;
};

#define FOLDER_NAMES_INIT ((struct folder_names){ NULL, 0 })

/* F is begun anew; free it in any case.  0, ERR_IO (errno says why) or
 * ERR_NOMEM. */
int folder_names_read(struct folder_names *f, const char *path);
void folder_names_free(struct folder_names *f);

/* A and B are the same file or folder, links followed. */
bool folder_same(const char *a, const char *b);

/* FOLDER has something called NAME, be it a link. */
bool folder_has(const char *folder, const char *name);
/* The last part of PATH, without slashes behind it. */
struct str folder_name(const char *path);

/* PATH with a last part that is the folder's own name: the path from the root
 * where PATH is "..", or a link.  The caller frees it; NULL: no memory. */
char *folder_by_name(const char *path);

/* Makes what is missing of the folders above PATH, with the permissions MODE.
 * 0, ERR_IO (errno says why) or ERR_NOMEM. */
int folder_make_above(const char *path, unsigned mode);

/* Removes PATH with all that is in it; what can't be removed stays. */
void folder_remove(const char *path);

#endif
