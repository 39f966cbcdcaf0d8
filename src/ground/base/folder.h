/* What lies in a folder, in an order that no locale changes. */
#ifndef BASE_FOLDER_H
#define BASE_FOLDER_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"

struct folder_names {
	char **names; /* owned; sorted by bytes, without names that begin with a
		       * dot */
	size_t n;
};

#define FOLDER_NAMES_INIT ((struct folder_names){ NULL, 0 })

/* F is begun again; free it in any case.  0, ERR_IO (errno says why) or
 * ERR_NOMEM. */
int folder_names_read(struct folder_names *f, const char *path);
void folder_names_free(struct folder_names *f);

/* A and B are the same file or folder, links followed. */
bool folder_same(const char *a, const char *b);

/* *HAS: FOLDER has something called NAME, be it a link.  0, ERR_NOMEM, or
 * ERR_IO: that can't be seen (errno says why). */
int folder_look_for(const char *folder, const char *name, bool *has);
/* The same; false: it has none, or that can't be seen. */
bool folder_has(const char *folder, const char *name);
/* The last part of PATH, without slashes after it. */
struct str folder_name(const char *path);

/* PATH with a last part that is the folder's own name: the path from the root
 * where PATH is "..", or a link.  The caller frees it; NULL: no memory. */
char *folder_by_name(const char *path);

/* Makes the missing folders above PATH, with the permissions MODE.  0, ERR_IO
 * (errno says why) or ERR_NOMEM. */
int folder_make_above(const char *path, unsigned mode);

/* Removes PATH with all that is in it; what can't be removed stays. */
void folder_remove(const char *path);

/*
 * What the name of a file says of its form, "svg" of "call.svg": the part
 * behind the last dot of FILE's own name, a slice of it: letters, or letters
 * and digits. Empty where that is not an ending: "a.b/c", ".svg", "x.",
 * "trace.2".
 */
struct str file_ending(struct str file);

/* The same of a file that may be compressed on its way (base/outfile.h): "svg"
 * of "call.svg.gz". */
struct str file_ending_packed(struct str file);

/* ---- files named by an untrusted text ---- */

/*
 * NAME, "net.gv" or "more/net.gv", has no way up: it begins with no slash and
 * has no "..". So such a file stays in the folder that it is looked up in, and
 * a foreign lab opens no file but its own.
 */
bool inside_name(const char *name);

/*
 * PATH becomes FOLDER/NAME, which may be read.  0, ERR_NOTFOUND, ERR_NOMEM, or
 * ERR_RANGE: the name has a way up, or a link leads out of FOLDER.
 */
int inside_path(const char *folder, const char *name, struct buf *path);

/*
 * A temporary folder for the program's life, in $TMPDIR or /tmp.  The program
 * and its children hold a lock on it: a folder left by a SIGKILL is not locked,
 * and the next program that makes one removes it.
 */
struct temp_folder {
	struct buf path;
	int lock; /* -1: there is none */
};

#define TEMP_FOLDER_INIT ((struct temp_folder){ BUF_INIT, -1 })

/* Where files lie that are gone when the program ends: $TMPDIR, or /tmp. */
const char *temp_folder_place(void);

/* Makes NAME-XXXXXX, and removes unlocked ones of that NAME.  0 or D's
 * error. */
int temp_folder_make(struct temp_folder *t, const char *name, struct diag *d);
/* With all that is in it. */
void temp_folder_remove(struct temp_folder *t);

#endif
