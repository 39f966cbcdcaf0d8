/* Captures and logs as input of a command that takes a trace. */
#ifndef CLI_CAPTURE_INPUT_H
#define CLI_CAPTURE_INPUT_H

#include "cli/cli.h"
#include "inference/calls.h"
#include "inference/clocks.h"
#include "inference/trace.h"
#include "packets/capture.h"

/* By its content: pcap, pcapng, either with gzip, or a text with SIP messages
 * that is neither a trace nor a topology nor, by its name, a script. */
bool cli_is_capture(const char *file);
/* The first three of them alone. */
bool cli_is_packets(const char *file);
/* The trace of the capture or log ARGV[0] to C->output; the exit status. */
int cli_export_trace(struct cli *c, int argc, char **argv, struct diag *d);
/* FILE, where it lies on a disk (a pipe is read once, and not for that), is of
 * another kind than those TAKEN (trace/file_kind.h): D's error; else 0. */
int cli_refuse_kind(const char *file, unsigned taken, struct diag *d);
/* The same lines as a trace. */
int cli_capture_load(
    struct cli *c, const char *file, struct trace **t, struct diag *d);

/* FILE and what its addresses are called; zeroed before it is opened. */
struct cli_capture_input {
	const char *file;
	struct address_names *names;
	struct capture *capture;
	struct capture_reader raw; /* with the times of the file */
	struct clocks *clocks;
	struct capture_reader reader; /* with corrected times */
};

/* What could not be read of it is said on standard error.  0 or D's error, also
 * where it holds no SIP at all; it is to be closed in any case. */
int cli_capture_input_open(const struct cli *c, const char *file,
    struct cli_capture_input *o, struct diag *d);
/* The same for a file that is still being written; nothing of it is read yet.
 */
int cli_capture_input_follow(const struct cli *c, const char *file,
    struct cli_capture_input *o, struct diag *d);
void cli_capture_input_close(struct cli_capture_input *o);
/* Says which names that were given no address of O, all read, has. */
void cli_capture_input_say_unused(
    const struct cli *c, const struct cli_capture_input *o);
/* Says on standard error what could not be read of it; D's error where it holds
 * no SIP at all, else 0. */
int cli_capture_input_judge(
    const struct cli *c, const struct cli_capture_input *o, struct diag *d);
/* What C says of clocks, into *OPTIONS, which borrows O's names, GIVEN and
 * NAMES.  0 or D's error. */
#define CLI_CLOCKS_MOST 32
#define CLI_CLOCKS_NAME 128
int
cli_capture_input_clocks(const struct cli *c, const struct cli_capture_input *o,
    struct clock_given given[CLI_CLOCKS_MOST],
    char names[CLI_CLOCKS_MOST][CLI_CLOCKS_NAME],
    struct clocks_options *options, struct diag *d);
/* How many messages one trace may have at most. */
size_t cli_capture_input_most(const struct cli *c);
/* The capture has more messages than that, and C chooses none of its calls. */
bool cli_capture_input_is_large(
    const struct cli *c, const struct cli_capture_input *o);
/* Its trace, or that of the calls that C chooses. */
int cli_capture_input_load(struct cli *c, struct cli_capture_input *o,
    struct trace **t, struct diag *d);
/* What its traces are called; NULL: nothing. */
const char *cli_capture_input_title(const struct cli_capture_input *o);
/* The options for a trace of the N CALLS, or of all calls where N is 0. */
struct capture_trace_options
cli_capture_input_options(const struct cli_capture_input *o,
    enum trace_detail detail, const struct str *calls, size_t n);
/* The trace that OPTIONS ask for.  CO is what was found in the capture before,
 * or NULL.  0 or D's error. */
int cli_capture_input_trace(const struct cli_capture_input *f,
    struct correlation *co, const struct capture_trace_options *o,
    struct trace **t, struct diag *d);

#endif
