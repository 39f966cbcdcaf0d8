/* Shared by the commands about students' work. */
#ifndef CLI_CHECK_H
#define CLI_CHECK_H

#include "cli/cli.h"
#include "draw/doc.h"
#include "grade/mark.h"
#include "session/session.h"

/* PATH is there and no folder. */
bool cli_is_file(const char *path);

/* Reads W from PATH: a folder of work, a hand-in, or a lab's name (work without
 * answers).  LAB as work_read_folder.  0 or D's error. */
int cli_find_work(
    struct work *w, const char *path, const char *lab, struct diag *d);

/* The same, and where PATH is a folder or a lab's name, with what was done on
 * the screen: see cli_take_session. */
int cli_find_done(struct work *w, const char *path, const char *lab,
    const char *student, struct diag *d);

/* *S becomes a session of the lab at FILE as the student has it for whom L was
 * loaded.  0 or D's error. */
int cli_open_lab(struct session **s, const char *file, const struct lesson *l,
    struct diag *d);

/* Keeps what STUDENT is told of W, the work of OPENED as cli_take_session has
 * read it: the tries in R, the results of N tasks, are in the session from
 * then on, a new one where there is none.  0 or D's error. */
int cli_keep_tries(struct work *w, const struct lesson_result *r, size_t n,
    const char *opened, const char *student, struct diag *d);

/* Keeps there how much help W's student had. */
int cli_keep_help(const struct work *w, const char *opened, const char *student,
    struct diag *d);
/* Adds to W, the work of OPENED, what its student has answered on the screen,
 * without the runs.  0 or ERR_NOMEM. */
int cli_add_kept(struct work *w, const char *opened);

/* E is a session of the lab in folder LAB. */
bool cli_is_session_of(const struct session_entry *e, const char *lab);

/* What --student says is not what the answers in PATH, which W was read from,
 * say: D's error; else 0. */
int cli_check_student(const struct cli *c, const struct work *w,
    const char *path, struct diag *d);

/* SECONDS since 1970 as "2026-11-21T16:00:00Z"; "" for none. */
void cli_put_time(char out[32], int64_t seconds);
/* Now, "2026-11-21T16:00:00Z"; $SOURCE_DATE_EPOCH where it is set. */
void cli_put_date(char out[32]);

/* What FOLDER holds as cli_find_done has it, in W and judged in M, as a hand-in
 * into OUT; all three are the caller's, and zero.  0 or D's error. */
int cli_make_handin(struct cli *c, const char *folder, struct work *w,
    struct mark *m, struct buf *out, struct diag *d);

/* An option of every command that takes a student's number. */
#define CLI_STUDENT_OPTION                                    \
	{                                                     \
		"student", 0, "ID",                           \
		    N_("judges by the lab as it is for this " \
		       "student"),                            \
		    cli_set_student                           \
	}

/* An option of every command that takes a student's work. */
#define CLI_LAB_OPTION                                                       \
	{                                                                    \
		"lab", 0, "LAB",                                             \
		    N_("judges by the tasks of this lab, whatever lab the "  \
		       "work "                                               \
		       "names: a name, a lab's folder or a folder of labs"), \
		    cli_set_lab                                              \
	}

/* What a student is told of W, as M has judged it, in lines of WIDTH cells. */
void cli_put_mark(
    const struct work *w, const struct mark *m, size_t width, struct doc *out);

/* -o of one work, which came from FILE: M as the report of a class of its own.
 * 0 or D's error. */
int cli_write_marks(struct cli *c, const struct work *w, const struct mark *m,
    const char *file, struct diag *d);

/* --class: judges a folder of submissions and writes the report; the status. */
int cli_check_class(struct cli *c, int argc, struct diag *d);
/* What runs the programs of a work as C says: their account, and what they do
 * not see. */
struct cli_programs {
	struct process_account account;
	const char *hidden[6];
	struct inputs_processes run;
};

/* Fills P in, for the judging of WORK, a folder or a file. */
void cli_take_programs(
    const struct cli *c, const char *work, struct cli_programs *p);

#endif
