/*
 * A class's work, judged: every submission in a folder, each in a process of
 * its own; an exam counts, else the latest on
 * time of each student.
 */
#ifndef GRADE_CLASS_H
#define GRADE_CLASS_H

#include "base/field.h"
#include "grade/roster.h"
#include "grade/script_marks.h"
#include "jobs/jobs.h"
#include "lesson/lesson.h"
#include "text/json.h"

struct class_task {
	enum lesson_verdict verdict;
	unsigned hints, tries;         /* tries: 0 is not known */
	unsigned points, of;           /* hundredths */
	char *answer, *believed, *why; /* owned; "" */
	char *rule;                    /* the same */
	struct buf records;            /* "[115,151]", or empty */
	char *plain; /* owned; the answer however it is written */
	bool choice; /* the answer is a letter, BELIEVED its option */
	/* As student_values.h has them: the right answer of the student's
	 * number, the student's own right value, and the wrong answer that
	 * can't come from the student's run.  Owned; NULL or "". */
	int64_t other; /* which of its tasks the number has drawn */
	char *key, *own, *foreign;
	bool token, slip;
};

/* One submission. */
struct class_entry {
	char *file, *lab, *student, *date, *failed; /* owned; "" */
	char *exam_begun, *exam_ended;              /* owned; "" */
	int64_t exam_limit_s;                       /* 0: no exam */
	unsigned points, of;
	struct class_task tasks[LESSON_TASKS_MAX];
	size_t ntasks;
	struct buf remarks;           /* lines */
	const struct roster_row *row; /* NULL: not in the roster */
	struct str name, group;       /* what it says; borrowed */
	char *named;    /* owned; the number that its name says; "" */
	bool misnamed;  /* that is not the one in it */
	bool undated;   /* DATE is none, or is missing in a hand-in */
	bool late;      /* after the deadline, or of unknown time */
	bool counts;    /* the exam, else the latest on time */
	bool contested; /* several have said its number: of each one counts */
	/* For comparison, owned: the student whose lab the answers are of, and
	 * the marks of the runs' scripts.  NULL where they are not wanted. */
	char *values_of;
	char **scripts; /* their names */
	size_t nscripts, scripts_cap;
	struct script_marks marks;
};

/* A comment on a mark (grade/comment.h). */
struct class_comment {
	char *comment, *lab, *student, *date, *text, *file; /* owned; "" */
	int64_t task;                                       /* 0: none */
	const struct roster_row *row;
};

/* In an entry's place: that of one of several, and it can't be told whose. */
#define CLASS_SEVERAL SIZE_MAX

/* A copy between students: a value that is right for the other one alone, a
 * part of a script that no third student has. */
struct class_copy {
	size_t a, b;     /* entries; B may be CLASS_SEVERAL */
	bool taken;      /* A has it from B; else it is either's */
	struct buf text; /* a sentence: which file, task or line */
};

/* Two students of whom there is a copy. */
struct class_pair {
	size_t a, b; /* entries; B may be CLASS_SEVERAL */
	bool taken;  /* so says each copy: A has it from B */
	size_t ncopies;
};

struct class
{
	struct class_entry *entries; /* by lab, student, date */
	size_t n, cap;
	size_t unjudged;          /* of them, since `look` ended it */
	struct class_pair *pairs; /* by entries */
	size_t npairs, pairs_cap;
	struct class_copy *copies;
	size_t ncopies, copies_cap;
	struct class_comment *comments; /* by lab, student, date */
	size_t ncomments, comments_cap;
	struct roster roster;
	struct buf remarks; /* of the class as a whole, lines */
};

#define CLASS_INIT ((struct class){ .entries = NULL })

struct class_options {
	const char *lab;      /* all are of this lab; NULL: what each says */
	const char *deadline; /* "2026-11-30T23:59:59Z"; NULL: none */
	const char *roster;   /* a file; NULL: none */
	/* Runs programs that are processes; NULL: none are run. */
	const struct inputs_processes *processes;
	const char *output; /* where the caller will write to; NULL: none */
	unsigned at_once;   /* processes; 0: as many as processors */
	struct job_bounds bounds; /* of one submission; zeroed: the usual */
	int (*look)(size_t done, size_t all, void *arg); /* not 0: stop */
	void *arg;
};

/* The folder in FOLDER with the teacher's notes (grade/comment.h). */
#define CLASS_NOTES "notes"

/*
 * Judges what lies in FOLDER, which may be a zip file: files of rung hand-in,
 * links of answers, folders with answers.txt, zip files of them, comments; or
 * is a table with links.  C is begun again; free it in
 * any case.  0 or D's error.
 */
int class_judge(struct class *c, const char *folder,
    const struct class_options *o, struct diag *d);
void class_free(struct class *c);

/* Reports.  0 or ERR_NOMEM. */
int class_put_csv(const struct class *c, struct buf *out);
/* A row for each student, a column for each lab, as Moodle's gradebook imports
 * it. */
int class_put_moodle(const struct class *c, struct buf *out);
/* The version of that format: 1, which had no number, wrote FAULTY for ERROR
 * and TAKEN for RECEIVED. */
#define CLASS_VERSION 2
int class_put_json(const struct class *c, struct buf *out);
int class_put_html(const struct class *c, struct buf *out);
int class_put_text(const struct class *c, struct buf *out);

/* ---- what the files of a class share ---- */

/* Each student's points in all labs of the class together; a lab that was not
 * handed in counts as 0 points. */
struct class_sums {
	struct class_sum {
		const struct class_entry *who; /* one of the student's */
		uint64_t points;
	} * list; /* by number */
	size_t n, cap;
	const char **labs; /* by name */
	unsigned *worth;   /* each */
	size_t nlabs, labs_cap, worth_cap;
	uint64_t of; /* of all labs */
};

/* S is begun again, and borrows from C; free it in any case.  0 or
 * ERR_NOMEM. */
int class_sum_up(const struct class *c, struct class_sums *s);
void class_sums_free(struct class_sums *s);

/* The object of class_put_json and those in it; what they tell alone is not
 * read. */
extern const struct field class_fields[], class_entry_fields[],
    class_task_fields[], class_sum_fields[], class_pair_fields[],
    class_comment_fields[];

/* One line of JSON as mark.h has it, as an entry more. 0 or ERR_NOMEM; a
 * line that is none is left out. */
int class_take_line(struct class *c, struct str line);
/* Comments (class_comments.c).  NAME with TEXT, of a file, as a line for
 * class_take_line; NOTES: teachers' are among them.  0, ERR_NOTFOUND: it is
 * none, or D's error. */
int class_put_comment(const char *name, struct str text, bool notes,
    struct buf *out, struct diag *d);
/* V is such a line.  0, ERR_NOTFOUND or ERR_NOMEM. */
int class_take_comment(struct class *c, struct json_value v);
void class_sort_comments(struct class *c);
void class_free_comments(struct class *c);
/* The comment at *AT or after it of E's student and lab; NULL: no more. */
const struct class_comment *class_next_comment(
    const struct class *c, const struct class_entry *e, size_t *at);
/* "Question to task 3 (0/1): …", in a line. */
void class_say_comment(
    const struct class *c, const struct class_comment *m, struct buf *out);

/* Finds the owners that the entries' names say: sets `named` and `misnamed`,
 * and the student where no number is in the work.  0 or ERR_NOMEM. */
int submission_owner_find(struct class *c);
/* A remark of C for each entry that is misnamed.  0 or ERR_NOMEM. */
int submission_owner_tell_misnamed(struct class *c);
/* Finds which entries count. */
int class_settle(struct class *c, const char *deadline);
/* Finds the copies, and the pairs of whom they are.  0 or ERR_NOMEM. */
int class_find_copies(struct class *c);
/* Finds whose answers fit the number of another, as copies. */
int class_find_fits(struct class *c);
/* COPY more, whose text is filled in later: that text; NULL: no memory. */
struct buf *class_add_copy(struct class *c, struct class_copy copy);
bool
class_same_student(const struct class_entry *a, const struct class_entry *b);
/* The copy of P's students at *AT or after it, which goes on; NULL: there is
 * no more. */
const struct class_copy *
class_next_copy(const struct class *c, const struct class_pair *p, size_t *at);
/* E is of a known student, and is compared with others. */
bool class_is_compared(const struct class_entry *e);
/* What X has answered in TASK, wrongly, is Y's own right value, and can't come
 * from X's run. */
bool class_has_other_value(
    const struct class_entry *x, const struct class_entry *y, size_t task);

/* Everything that is work below PATH (a file, folder or zip file, called NAME)
 * as lines of JSON; TEMP is a folder of the caller's for unpacking, LABS are
 * the marks of all labs.  0, ERR_NOMEM, or D's error where judging failed on
 * this machine for reasons that are not in the work. */
int class_judge_path(const char *path, const char *name, const char *temp,
    const struct class_options *o, const struct script_marks *labs,
    struct buf *out, struct diag *d);

/* What may still be unpacked of one submission, whatever is in what. */
struct unzip_budget {
	uint64_t bytes;
	unsigned files; /* and folders */
};
#define UNZIP_FILES_MAX 500
#define UNZIP_BYTES_MAX (32u << 20)
#define UNZIP_BUDGET    ((struct unzip_budget){ UNZIP_BYTES_MAX, UNZIP_FILES_MAX })
/* Of one zip file, empty folders too. */
#define UNZIP_ENTRIES_MAX 2000
/* Unpacks the zip file at PATH into the new folder TO: plain files alone, none
 * outside of it, no more than LEFT, from which they are taken; names in GBK
 * become UTF-8.  0, ERR_NOMEM or D's error: ERR_IO and ERR_UNSUPPORTED where
 * this machine could not do it, others where the file is not as it should
 * be. */
int class_unzip(const char *path, const char *to, struct unzip_budget *left,
    struct diag *d);

#endif
