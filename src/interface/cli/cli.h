/*
 * The command line: a table of commands, each with a table of its options,
 * from which getopt_long's arrays and the help pages are made.
 *
 * Exit status: 0 well, 1 a check failed, 2 usage or bad input.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/diag.h"
#include "base/field.h"
#include "base/infile.h"
#include "base/outfile.h"
#include "base/str.h"
#include "cli/language.h"
#include "draw/doc.h"
#include "ladder/layout.h"
#include "sim/limits.h"
#include "trace/reader.h"

enum {
	CLI_OK = 0,
	CLI_FAILED = 1,
	CLI_USAGE = 2,
};

/* Cells of a line. */
#define CLI_WIDTH_LEAST 20
#define CLI_WIDTH_MOST  10000
/* Default widths: of pages, and of lists with a fact a line. */
#define CLI_WIDTH_PAGE 80
#define CLI_WIDTH_LIST 400

struct cli;

/* Takes an option's value (NULL for a flag); 0 or D's error. */
typedef int cli_option_fn(struct cli *c, const char *value, struct diag *d);

struct cli_option {
	const char *name;
	char letter; /* 0: none */
	/* What the value is called, "[=VALUE]" where it may be missing; NULL: a
	 * flag. */
	const char *value;
	const char *text; /* one sentence, untranslated */
	cli_option_fn *fn;
};

/* The mark of an option or a command behind its sentence (docs/BUILD.md:
 * stable, experimental). */
#define CLI_STABLE       N_(" (stable)")
#define CLI_EXPERIMENTAL N_(" (experimental)")

/* The words that O's value may be, "txt, json", where rows elsewhere say which;
 * false: none do. */
bool cli_put_option_list(struct buf *out, const struct cli_option *o);
/* O's sentence in the language in force, with that list and its state after
 * it. */
void cli_put_option_text(struct buf *out, const struct cli_option *o);

/* A command as it is typed, and what for, untranslated. */
struct cli_example {
	const char *command, *text;
};

struct cli_command {
	const char *name;
	const char *usage;   /* of the arguments: "FILE [SEQ]" */
	const char *text;    /* what it does, in few words, untranslated */
	const char *purpose; /* a sentence for its page, untranslated */
	const char *about;   /* a paragraph for the manual, untranslated */
	const char *state;   /* CLI_STABLE or CLI_EXPERIMENTAL, or NULL */
	const struct cli_example *examples; /* ended by a row without one */
	const struct cli_option *options;   /* ended by a row without
					      a name; may be NULL */
	bool runs;  /* it may run a lab: cli_run_options are its too */
	bool lasts; /* it may take long: cli/progress.h */
	int (*fn)(struct cli *c, int argc, char **argv, struct diag *d);
};

/* The words of --with that CMD takes, into OUT, which is empty; false: O is
 * another option. */
bool cli_list_withs(
    struct buf *out, const struct cli_command *cmd, const struct cli_option *o);
extern const struct cli_command *const cli_commands[]; /* NULL at the end */
/* What people want to do, and the first of the commands for it. */
struct cli_group {
	const char *title; /* untranslated; NULL at the end */
	const struct cli_command *first;
};
extern const struct cli_group cli_groups[];
/* The command NAME, or NULL. */
const struct cli_command *cli_find_command(const char *name);
/* FILE is there and no file on a disk: it has no ending to obey. */
bool cli_is_device(const char *file);
/* WORD is not a command, but D says which command line is meant: by an old
 * name, another tool's word or a slip of the fingers.  False: none is known. */
bool cli_tell_meant(const char *word, struct diag *d);
/* The same, else that rung help lists the commands.  D's error. */
int cli_refuse_command(const char *word, struct diag *d);
/* Says that FORMAT is none of LIST, "txt, json", and which is meant;
 * ERR_NOTFOUND. */
/* Whether CMD's option O can have VALUE: 0, or WHY's error. */
int cli_try_option(const struct cli_command *cmd, const struct cli_option *o,
    const char *value, struct diag *why);
/* VALUE of OPTION is not known: what may be meant, or LIST. */
int cli_refuse_value(
    const char *option, const char *value, const char *list, struct diag *d);
extern const struct cli_option cli_common[];

#define CLI_OF_RUN_MOST 160

/* The values of all options; a command reads its own. */
struct cli {
	const struct cli_command *command;
	bool unnamed; /* it was not typed: what rung does without one */
	bool tried;   /* an option is tried: nothing is said but by its diag */
	const char *given[64]; /* options by name, as they stood */
	size_t ngiven;
	/* Options with a value in the next word, or a word behind that. */
	struct cli_behind {
		const struct cli_option *option;
		const char *value, *word; /* NULL: no word */
		bool apart;               /* the value is a word itself */
	} behind[64];
	size_t nbehind;
	/* Those of cli_run_options, all of them, with their values. */
	struct {
		const char *option, *value;
	} of_run[CLI_OF_RUN_MOST];
	size_t nof_run;
	/* common */
	enum language_from language;
	bool utf8, colour, unpaged;
	enum theme theme; /* THEME_NONE: what suits */
	size_t width;
	/* run */
	struct diag *failed; /* programs of its nodes: told at the end */
	size_t nfailed;
	bool look;           /* at what a task asks before */
	unsigned held;       /* the task that asks first; 0: none */
	const char *held_in; /* the folder of that */
	const char *output;
	const char *outside;  /* live: nodes that programs play */
	const char *certs;    /* --certs */
	const char *pages;    /* … that may come by WebSocket */
	const char *awaited;  /* … that are waited for */
	const char *faces;    /* … that are open to other machines */
	uint64_t most;        /* … bytes of the trace, at most */
	unsigned rotates;     /* … traces that stay; 0: one, which ends it */
	struct file_ids read; /* what this command has read */
	bool processes, trusted, quiet, has_seed, has_detail;
	int64_t program_ns; /* 0: the usual */
	uint64_t seed;
	int64_t until_ns;
	const char *arrivals;
	struct sim_limits limits;
	enum trace_detail detail;
	const char *settings[64], *acts[64];
	size_t nsettings, nacts;
	/* show, export, explain */
	const char *file;           /* what export reads; NULL: unknown */
	const char *hear, *says[8]; /* sound */
	size_t nsays;
	const char *format, *title, *filter;
	bool json;            /* for programs: CLI_JSON_OPTION */
	const char *protocol; /* parse: what the message is of */
	char ending[64];      /* of -o, as the format */
	const char *calls[32], *nodes[32];
	size_t ncalls, nnodes;
	char names[2048]; /* of --node, one behind the other */
	size_t names_n;
	struct str remark_names[64]; /* of --notes; their records in … */
	uint64_t remarks[64];        /* … by cli_find_remarks */
	size_t nremarks;
	const char *what, *machines[8];
	size_t nmachines;
	int64_t from_ns, to_ns, at_ns;
	int64_t epoch_ns; /* export */
	bool true_time, number, pinned, fold, messages, ladder, notes, timers,
	    states;
	bool list; /* play: sessions */
	/* export: points, dots an inch */
	bool one_page; /* --size=none */
	double print_width, paper_width, paper_height, dpi;
	size_t page;
	unsigned marks;
	/* diff */
	bool brief, times, all, order, no_headers;
	const char *maps[32], *session;
	size_t nmaps;
	bool list_calls, of_capture, follow, layers; /* show */
	/* The filter on messages of a capture that is too large for one trace:
	 * calls with matching messages are read. */
	const char *sift;
	bool none_like_that; /* … and no call has one */
	unsigned sort;       /* calls: enum calls_column */
	bool sort_down;
	const char *aliases[64], *alias_files[8]; /* of captures */
	size_t naliases, nalias_files;
	const char *clock_offsets[32];
	size_t nclock_offsets;
	/* sweep */
	const char *seeds, *plan;
	uint32_t jobs, part, parts; /* 0: not given */
	uint64_t run_memory;
	int64_t run_cpu_ns, run_wall_ns;
	bool merge, keep, live;
	/* search */
	uint32_t faults; /* 0: not given, as the next two */
	uint64_t runs;
	int64_t most_ns;
	unsigned kinds;  /* FAULT_ bits */
	char method[32]; /* "": any */
	const char *kept_in;
	const char *tries[64]; /* acts that are tried as well */
	size_t ntries;
	uint64_t sample; /* inspect: calls of each file; 0: all */
	bool matrix;
	size_t messages_most; /* of a capture in one trace; 0: as usual */
	/* check, copy, hand-in */
	const char *student, *lab, *class, *roster;
	char student_word[256]; /* as it is written in ASCII */
	const char *address;    /* of a page: link, export */
	const char *engine;     /* page: a folder */
	bool scorm;             /* page: a package */
	bool answers;           /* link */
	char deadline[32];      /* UTC; "": none */
	bool sealed;            /* serve */
	const char *listen, *host, *cert, *handins;
	char listen_word[256]; /* without its port */
	unsigned port;
	bool has_port;
	bool grows;              /* live: with a page */
	uint64_t engines_memory; /* bytes; 0: half the machine's */
	bool teacher;
	/* play */
	int64_t exam_ns; /* 0: none */
	bool present, ascii, in_menu;
	bool asks;         /* for the student's number, where there is none */
	char answered[64]; /* that number; "": none */
	struct buf typed;  /* keys struck while the terminal was asked */
};

/* Reads the options among ARGV, whose first word is the command's name, into C;
 * other words stand behind them then, from `optind` on.  0 or D's error. */
int cli_read_options(struct cli *c, int argc, char **argv, struct diag *d);
/* Reads options and runs the command; the exit status. */
int cli_run(struct cli *c, int argc, char **argv);

/* NUMBER, as typed, becomes C's student.  0 or D's error. */
int cli_take_student(struct cli *c, const char *number, struct diag *d);
/* The option was given; its long name, or "with=WORD" of one of its words. */
bool cli_given(const struct cli *c, const char *option);
/* … and is from now on. */
void cli_note_given(struct cli *c, const char *option);
/* NAME is among the options O. */
bool cli_has_option(const struct cli_option *o, struct str name);
/* What was said of the run, as words for a shell: " --seed=2 --set=…". */
void cli_put_run_words(const struct cli *c, struct buf *out);
/* How wide a line is: what COLUMNS says, where it is exported and in bounds,
 * else the terminal FD; 0 where neither tells. */
size_t cli_columns(int fd);
/* TERM says that the terminal takes escapes: it is set, and not to dumb. */
bool cli_takes_escapes(void);
/* The theme of printed output; THEME_NONE: none. */
enum theme cli_theme(const struct cli *c);
/* … and that of a screen, which is drawn without colours as well. */
enum theme cli_screen_theme(const struct cli *c);
/* Prints D on standard error, "rung: …"; returns CLI_USAGE. */
int cli_complain(const struct cli *c, const struct diag *d);
/* What was typed can't be meant: SENTENCE in D; returns CLI_USAGE. */
int cli_refuse(struct diag *d, const char *sentence);
/* Of a command that takes one FILE and was given none, then NONE is said, or
 * more than one.  Returns CLI_USAGE. */
int cli_refuse_files(const struct cli *c, int argc, char **argv,
    const char *none, struct diag *d);
/* WORD is more than the command takes: what it most likely belongs to, else
 * what the command takes.  Returns CLI_USAGE. */
int cli_refuse_word(const struct cli *c, const char *word, struct diag *d);
/* Of WORDS a command takes one FILE: rejects the first that is none, else the
 * second, as cli_refuse_word does.  Returns CLI_USAGE. */
int cli_refuse_words(const struct cli *c, char **words, struct diag *d);
/* The second of WORDS is a FILE, the first a record: which comes first.  0, or
 * CLI_USAGE with D's sentence. */
int cli_refuse_order(const struct cli *c, char **words, struct diag *d);
/* WORD is there, or the name of a lab or topology. */
bool cli_is_playable(const char *word);
/* Prints a remark in the same way, a sentence without its full stop. */
void cli_remark(const struct cli *c, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/*
 * Writes what FN gives to SINK (which takes TO) into FILE (NULL or "-":
 * standard output), which is whole then or as it was before.  FN returns 0 or
 * an error code, that of the sink where it failed.  0 or D's error.
 */
typedef int cli_output_fn(sink_fn *sink, void *to, void *arg);
int cli_output(const struct cli *c, const char *file, cli_output_fn *fn,
    void *arg, struct diag *d);
/* C->format: what -f names, else the ending of -o, else OTHERWISE. */
int cli_choose_format(struct cli *c, const char *otherwise, struct diag *d);
/* Writes OUT to standard output (or to FILE, "-" being standard output too);
 * 0 or D's error. */
int cli_write(const struct cli *c, const struct buf *out, const char *file,
    struct diag *d);
/* Writes text for people to standard output, in ASCII where nothing else can
 * be shown; through a pager where it is longer than the terminal
 * (cli/cli.h).  JSON as it is. */
int cli_print(const struct cli *c, const struct buf *out, struct diag *d);
/* The same for lines without styles, in which names and texts are untrusted:
 * nothing in them steers the terminal (utf8_add_safe_lines). */
int cli_print_lines(const struct cli *c, const struct buf *out, struct diag *d);

/* Appends DOC in the theme of C's options, or as JSON; frees it.  0 or
 * ERR_NOMEM. */
int cli_put_doc(const struct cli *c, struct doc *doc, struct buf *out);
/* Prints DOC in the same way; frees it. */
int cli_print_doc(const struct cli *c, struct doc *doc, struct diag *d);

/* The page of CMD; NULL: the short list. */
void cli_help_write(
    const struct cli *c, const struct cli_command *cmd, struct buf *out);

/* A trace as it is, that of a capture or log, or the trace of a lab, script or
 * topology run now. */
int cli_load(struct cli *c, const char *file, struct trace **t, struct diag *d);
/* A line for each call of FILE, or of the calls that match C->sift, into OUT;
 * *STATUS: CLI_FAILED where there is none. */
int cli_show_calls(struct cli *c, const char *file, struct buf *out,
    int *status, struct diag *d);
/* The records in T that --notes names.  0 or D's error. */
int cli_find_remarks(struct cli *c, const struct trace *t, struct diag *d);
/* What C's options ask of a ladder; borrows from C. */
struct layout_options cli_layout_options(const struct cli *c);
/* WORD, a record's number, is a status of T as well: says which record that is
 * and what the message is called. */
void
cli_tell_number(const struct cli *c, const struct trace *t, const char *word);
/* The ladder of T with C's options. */
int cli_ladder(
    struct cli *c, const struct trace *t, struct buf *out, struct diag *d);

extern const struct cli_command cli_run_command, cli_show, cli_explain,
    cli_export, cli_diff, cli_parse, cli_play, cli_engine, cli_doctor, cli_labs,
    cli_check, cli_copy, cli_hand_in, cli_link, cli_report, cli_worksheet,
    cli_new, cli_sweep, cli_inspect, cli_serve, cli_live, cli_page, cli_search,
    cli_help;
/* What rung labs -f json tells: docs/TRACE.md. */
extern const struct field lab_fields[];
/* Options of run, and of every command that may run a lab first. */
extern const struct cli_option cli_run_options[];

/* Options that several commands share. */
cli_option_fn cli_set_output, cli_set_outside, cli_set_certs, cli_set_address,
    cli_set_json, cli_set_seed, cli_set_until, cli_set_arrivals, cli_set_limit,
    cli_set_student, cli_set_teacher, cli_set_detail, cli_add_setting,
    cli_add_act, cli_add_try, cli_set_processes, cli_set_quiet, cli_add_call,
    cli_add_node, cli_add_remarks, cli_add_machine, cli_set_filter,
    cli_set_what, cli_set_with, cli_set_protocol, cli_set_from, cli_set_to,
    cli_set_fold, cli_set_follow, cli_set_messages, cli_set_ladder,
    cli_set_layers, cli_set_look, cli_set_at, cli_set_format, cli_set_title,
    cli_set_calls, cli_set_sort, cli_add_alias, cli_add_clock_offset,
    cli_set_epoch, cli_set_brief, cli_set_class, cli_set_keep, cli_set_live,
    cli_set_lab, cli_set_list, cli_set_jobs, cli_set_part, cli_set_plan,
    cli_set_present, cli_set_roster, cli_set_session;
/* Of figures. */
cli_option_fn cli_set_size, cli_set_page, cli_add_mark;
/* What --size gave, and --limit of a run, as words of cli_given. */
#define GIVEN_LIMIT "limit=NAME"
#define GIVEN_WIDTH "size=WIDTH"
#define GIVEN_PAPER "size=PAPER"
#define GIVEN_DPI   "size=DPI"

/* VALUE of OPTION, a whole number from LEAST to MOST, into *N.  0 or D's error.
 */
int cli_read_number(const char *option, const char *value, uint64_t least,
    uint64_t most, uint64_t *n, struct diag *d);
/* VALUE, as it stands behind OPTION, into LIST, which has *N of at most MOST.
 * 0 or D's error. */
int cli_add_word(const char *option, const char **list, size_t most, size_t *n,
    const char *value, struct diag *d);

/* VALUE of --limit is of C's command itself, not of what it runs. */
bool cli_is_own_limit(const struct cli *c, const char *value);

/* An option of every command whose text programs may want as JSON. */
#define CLI_JSON_OPTION                                                  \
	{                                                                \
		"format", 'f', "FORMAT", N_("txt or json"), cli_set_json \
	}

/* Options of every command that takes a capture. */
#define CLI_ALIAS_OPTIONS                                                      \
	{ "alias", 0, "ADDRESS=NAME",                                          \
		N_("names an address of a capture, or reads a file of lines "  \
		   "ADDRESS NAME; may be repeated"),                           \
		cli_add_alias },                                               \
	{                                                                      \
		"clock-offset", 0, "NODE=SECONDS",                             \
		    N_("corrects a capture whose clock was ahead by TIME; 0: " \
		       "corrects no clock"),                                   \
		    cli_add_clock_offset                                       \
	}

/*
 * Shows TEXT, which is for standard output, and returns when the reader has
 * left it. Text that is longer than the terminal goes through a pager, as git's
 * does: what RUNG_PAGER says, else PAGER, else less where there is one; empty
 * or "cat" means none. There is none either where standard output is not a
 * terminal, or TERM says that it takes no escapes. False: there is no pager, or
 * no need of one, and nothing was shown.
 */
bool pager_show(struct str text);

#endif
