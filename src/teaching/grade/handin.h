/*
 * A student's hand-in: one file with the answers, the runs by their inputs
 * (texts, settings, acts) with the hash of each trace, and a figure.  A JSON
 * object:
 *
 *	{"kind":"hand-in","version":1,"rung":"0.3.0","lab":"lost-messages",
 *	 "student":"2023001","date":"2026-11-21T16:00:00Z","exam":{…},
 *	 "answers":{…},"trace":"…","inputs":{…},
 *	 "runs":[{"name":…,"inputs":{…},"hash":"…"}],
 *	 "figure":"<svg …","sum":"…"}
 *
 * A run with an outside has `arrivals`, too (inputs/arrivals_file.h). `trace`
 * is the hash of the lab's trace as the student had it, `inputs` what
 * that run was made of: another version of rung, in which the lab may be
 * another, judges the answers by it (other_version.h).  rung 0.1.0 wrote none.
 *
 * `sum` tells a file that was changed by hand or on its way, not a forged one:
 * all runs are made again and all answers, predictions among them, judged
 * again.
 */
#ifndef GRADE_HANDIN_H
#define GRADE_HANDIN_H

#include "base/folder.h"
#include "grade/mark.h"

#define HANDIN_SIZE_MAX (16u << 20)

/* W as a file, of STUDENT, made at DATE (ISO 8601, UTC); M is W's mark, whose
 * runs have been made.  0, ERR_NOMEM, or D's ERR_LIMIT: it is too large for
 * readers.
 */
int handin_write(const struct work *w, const struct mark *m,
    const char *student, const char *date, struct buf *out, struct diag *d);

/* Student and lab stand within this many bytes from a hand-in's beginning. */
#define HANDIN_HEAD_MAX 4096
/* Takes lab and student from TEXT, the beginning of a hand-in, into W where W
 * has none: for a file that is cut off or damaged after that.  0 or ERR_NOMEM.
 */
int handin_read_head(struct work *w, struct str text);

/* Kinds of files, to the commands that judge. */
enum handin_kind {
	HANDIN_NONE,
	HANDIN_WORK, /* a hand-in, a report that carries one, or a link */
	HANDIN_ZIP,
};
/* *KIND of the file at PATH, by its content; a folder or a pipe is none.  0,
 * ERR_NOMEM, or ERR_IO: it can't be read (errno says why). */
int handin_look(const char *path, enum handin_kind *kind);

/*
 * Reads the file at PATH into W, which is begun again; free it in any case. LAB
 * as work_read_folder.  0 or D's error, with the fault in words.
 */
int
handin_read(struct work *w, const char *path, const char *lab, struct diag *d);
/* The same of LINK (trace/page_link.h). */
int handin_read_link(
    struct work *w, struct str link, const char *lab, struct diag *d);
/* The same of TEXT; PATH is for sentences. */
int handin_read_text(struct work *w, struct str text, const char *path,
    const char *lab, struct diag *d);

/* Appends the beginning of the names of the files in which rung serve keeps
 * LAB of NUMBER. */
void handin_put_stem(const char *lab, const char *number, struct buf *out);
/* PATH is of a member that rung serve has put out, by its name
 * "busy-7.out.rung" (classroom/handins.h). */
static inline bool
handin_name_is_out(const char *path)
{
	return str_find(folder_name(path), ".out.") >= 0;
}

/* ---- what writing and reading hand-ins share ---- */

#define HANDIN_BEGIN   "{\"kind\":\"hand-in\""
#define HANDIN_VERSION 1
/* The last member, which the sum is of all before. */
#define HANDIN_SUM_KEY ",\"sum\":\""

/* The sum of TEXT, a hand-in up to its sum. */
uint64_t handin_sum(struct str text);

#endif
