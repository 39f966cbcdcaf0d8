/*
 * The complete input of a run: the texts of topology and script, the options,
 * a person's actions. The header of a trace contains them, so that a run can
 * be repeated from its trace.
 */
#ifndef INPUTS_INPUTS_H
#define INPUTS_INPUTS_H

#include "base/buf.h"
#include "base/diag.h"
#include "inputs/arrivals.h"
#include "inputs/processes.h"
#include "sim/limits.h"
#include "topology/topology_setting.h"
#include "trace/act.h"
#include "trace/reader.h"
#include "trace/vocab.h"

#define INPUTS_ARGS_MAX 16    /* arguments of one act */
#define INPUTS_ACTS_MAX 10000 /* acts of one run */

/* A person's act, right after the event that wrote record `after`, or later, at
 * `at_ns`, before the next record; with `after` the number of the `end` record,
 * in place of that end.  With `on` "message" it is done to the message that
 * record `after` sends, and is in force from the start of the run. */
struct input_act {
	uint64_t after;
	int64_t at_ns; /* 0: right after it */
	char *on, *verb;
	struct act_arg *args; /* their texts are owned as well */
	size_t nargs;
};

/* A handset's firmware: which file, and what was in it when the run was first
 * made. */
struct input_firmware {
	char *name; /* as the topology has it; "" for rung's own */
	uint64_t hash;
	struct buf bytes; /* read when first asked for; empty for rung's */
};

/* What decides in a node's place (node/program.h), a name server's zone, or
 * what a phone says, as base64: its file's name, as the topology has it, and
 * text. */
struct input_program {
	char *file, *text;
};

/* What inputs may name: a script its topology, a topology the firmware of its
 * handsets, the programs of its proxies, the zones of its name servers and what
 * its phones say; and a link the folder of one of rung's own labs. */
enum inputs_named {
	INPUTS_TOPOLOGY,
	INPUTS_FIRMWARE,
	INPUTS_ARRIVALS,
	INPUTS_PROGRAM,
	INPUTS_ZONE,
	INPUTS_SOUND,
	INPUTS_FOLDER,
};

struct inputs;
struct topology;

/* Appends what NAME has to OUT: 0, ERR_NOTFOUND or another of D's errors. */
typedef int inputs_supply_fn(const struct inputs *in, enum inputs_named what,
    const char *name, struct buf *out, struct diag *d);

struct inputs {
	char *topology_file,
	    *topology; /* name and text; NULL: the script says */
	/* What they say with the settings, once a run has read them; shared
	 * with copies.  NULL: none has. */
	struct topology *graph;
	char *script_file, *script; /* name and text; NULL: none */
	char *lab;    /* its folder's own name; NULL: no lab, or unknown */
	char *folder; /* beside which names are looked up */
	struct topology_setting *settings; /* their texts are owned as well */
	size_t nsettings;
	/* It came in a link, with its first `nlinked` settings: what it names
	 * is in it, unless a later setting names it. */
	bool linked;
	size_t nlinked;
	bool never_live; /* its script says live = false: known once a run has
			  * read it */
	char osip[16];   /* the libosip2 of the trace they are of; "": none */
	bool has_seed;
	uint64_t seed;
	int64_t until_ns; /* 0: not given */
	struct sim_limits limits;
	enum trace_detail detail;
	bool untold; /* the trace's header does not hold them: no reader needs
		      * them */
	struct input_act
	    *acts; /* by `after` and `at_ns`, equal ones in order */
	size_t nacts;
	struct inputs_outside outside;
	struct input_firmware *firmware;
	size_t nfirmware;
	struct input_program *programs;
	size_t nprograms;
	/* Where what they name is found; NULL: nowhere.  SUPPLIER is its own,
	 * borrowed, by copies as well. */
	inputs_supply_fn *supply;
	void *supplier;
	/* The runner of programs that are processes of their own; NULL: none.
	 * Borrowed, by copies as well. */
	const struct inputs_processes *processes;
};

/* Something is to come from outside. */
static inline bool
inputs_have_arrivals(const struct inputs *in)
{
	return in->outside.there || in->outside.asks;
}

/* A script or topology is at most this long, a trace ends at memory. */
#define INPUTS_TEXT_MAX (1u << 20)
/* The script that makes its folder a lab. */
#define INPUTS_LAB "lab.lua"

/*
 * Reads FILE: a lab's folder, a script (.lua), a topology (.gv or any Graphviz
 * text) or a trace, told apart by content; "-" is standard input.  Zeroed on
 * entry; free also after a failure.  A trace without inputs is rejected.
 */
int inputs_read(struct inputs *in, const char *file, struct diag *d);
void inputs_free(struct inputs *in);
/* What IN names is found in files from now on: beside its script, topologies in
 * their folders as well. */
void inputs_use_files(struct inputs *in);

/*
 * The same of TEXT, which is that of FILE, a path: a script is a lab's by the
 * name lab.lua.  It may be a link.  No file is read.  IN is zero except for
 * `supply`, `supplier` and `detail`; free it also after a failure.  May take
 * TEXT.
 */
int inputs_take_text(
    struct inputs *in, const char *file, struct buf *text, struct diag *d);
/*
 * The contents of a link (trace/page_link.h) to a run: IN, whose texts are all
 * there (drive_begin has found them).  Texts of a lab of rung's own are left
 * out where IN's `supply` has the same.  0 or D's error.
 */
int inputs_link(
    const struct inputs *in, const char *page, struct buf *out, struct diag *d);
/* The way back; as inputs_take_text. */
int inputs_take_link(struct inputs *in, struct str link, struct diag *d);
/* A copy of TEXT without a byte order mark, or NULL. */
char *inputs_text_of(struct buf *text);
/* IN is of the lab whose folder has this path, if that has a name.  0 or
 * ERR_NOMEM. */
int inputs_name_lab(struct inputs *in, const char *folder);
/* What IN names, from its `supply`. */
int inputs_supply(const struct inputs *in, enum inputs_named what,
    const char *name, struct buf *out, struct diag *d);

/* Sets in->topology to that called NAME, unless there is one.  0 or D's error.
 */
int inputs_find_topology(struct inputs *in, const char *name, struct diag *d);

/*
 * Firmware NAME, "" for rung's own: *IMAGE, which lives as long as IN.  It must
 * be the one that the run was made with. 0, or an error with its sentence.
 */
int inputs_get_firmware(
    struct inputs *in, const char *name, struct str *image, struct diag *d);
/* Notes that firmware NAME (copied) had HASH when the run was first made.  0 or
 * ERR_NOMEM. */
int inputs_know_firmware(struct inputs *in, const char *name, uint64_t hash);
/* The header's "firmware" array, and the way back. */
void inputs_write_firmware(const struct inputs *in, struct buf *json);
int inputs_read_firmware(struct inputs *in, struct json_value list);
void inputs_free_firmware(struct inputs *in);

/*
 * The program, zone or sound, as WHAT says, in file NAME: *TEXT, which lives as
 * long as IN.  It is looked up once; from then on it is one of IN's texts.  0,
 * or an error with its sentence.
 */
int inputs_get_program(struct inputs *in, enum inputs_named what,
    const char *name, const char **text, struct diag *d);
#define INPUTS_SOUND_MAX (16u << 20) /* bytes of a WAV file */
/* Copies both.  0, ERR_NOMEM or ERR_LIMIT. */
int inputs_know_program(struct inputs *in, const char *name, const char *text);
/* TEXT, or that of the file NAME in FOLDER, is a program and no script: it has
 * a function that a node asks, and no lab { … }. */
bool inputs_is_program(struct str text);
bool inputs_is_program_file(const char *folder, const char *name);
/* The header's "programs" array, and the way back. */
void inputs_write_programs(const struct inputs *in, struct buf *json);
int inputs_read_programs(struct inputs *in, struct json_value list);
void inputs_free_programs(struct inputs *in);
/* The programs that both have are the same. */
bool inputs_same_programs(struct inputs *a, const struct inputs *b);

/* The part of PATH before its last slash, "." without one; the caller frees. */
char *inputs_folder_of(const char *path);
/* The inputs in the header of trace T, which was read from FILE; as
 * inputs_read.  Firmware is looked up beside FILE. */
int inputs_from_trace(
    struct inputs *in, const struct trace *t, const char *file, struct diag *d);
/* The same; what they name is nowhere. */
int inputs_from_head(
    struct inputs *in, const struct trace *t, const char *file, struct diag *d);
/* Copies FROM, and its arrivals, with the ones of its acts whose `after` is
 * less than AFTER, or is AFTER with `at_ns` at most AT_NS; free TO also after a
 * failure.  0 or ERR_NOMEM. */
int inputs_copy(struct inputs *to, const struct inputs *from, uint64_t after,
    int64_t at_ns);

/* "SEQ[@TIME]:ON.VERB[:key=value,…]", e.g. "41:alice.crash"; added in order. Of
 * "message.edit:text=" all the rest is the text, with \r, \n, \t, \\ and \xHH.
 */
int inputs_add_act(struct inputs *in, const char *text, struct diag *d);
/* FILE, one of arrivals (docs/TRACE.md) or a trace, has IN's arrivals.  0 or
 * D's error. */
int inputs_read_arrivals(struct inputs *in, const char *file, struct diag *d);
/* ERR; of ERR_LIMIT D says how many acts and arguments there may be. */
int inputs_tell_acts(int err, struct diag *d);
/* Adds one act, given in parts that may hold any bytes; copies them.  0,
 * ERR_NOMEM or ERR_LIMIT. */
int inputs_put_act(struct inputs *in, uint64_t after, int64_t at_ns,
    const char *on, const char *verb, const struct act_arg *args, size_t nargs);
/* Copies SETTING.  0 or ERR_NOMEM. */
int
inputs_add_setting(struct inputs *in, const struct topology_setting *setting);
/* The header's "inputs" object, and its "acts" alone. */
void inputs_write(const struct inputs *in, struct buf *json);
void inputs_write_acts(const struct inputs *in, struct buf *json);
/* The arrivals, the member "arrivals" of an object that has IN as well; nothing
 * where there are none.  And back from object V, when IN is read: 0 or D's
 * error. */
void inputs_write_arrivals(const struct inputs *in, struct buf *json);
int
inputs_read_arrivals_of(struct inputs *in, struct json_value v, struct diag *d);
/* The way back, as inputs_read: 0, ERR_SYNTAX or ERR_NOMEM. */
int inputs_from_json(struct inputs *in, struct json_value v);
/* Adds the acts of the JSON array LIST; errors as inputs_from_json. */
int inputs_read_acts(struct inputs *in, struct json_value list);

#endif
