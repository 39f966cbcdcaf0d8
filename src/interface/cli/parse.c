/* rung parse: one message, of SIP or of what else a run has, explained line by
 * line. */
#include "base/buf.h"
#include "base/err.h"
#include "cli/capture_input.h"
#include "cli/cli.h"
#include "msg/annotate.h"
#include "msg/headers.h"
#include "jobs/jobs.h"
#include "msg/message.h"
#include "packets/other_protocols.h"
#include "sip/engine.h"
#include "sip/osip_read.h"
#include "text/json.h"
#include "text/utf8.h"
#include "trace/file_kind.h"
#include "trace/protocol.h"
#include "trace/vocab.h"
#include "words/annotate_doc.h"
#include "words/decoded_doc.h"

#include <errno.h>
#include <string.h>

/*
 * Messages that `rung parse` reads beside SIP: bodies that stand alone, and the
 * protocols of a run, known by their content.
 */
struct parse_form {
	const char *name;       /* as --protocol has it */
	enum trace_proto proto; /* SIP: it is a body of TYPE, or SIP itself */
	const char *type;
};

/* A text begins with BEGIN and HAS that in it; octets are tried as CARRIER's
 * payload (0: none).  Forms with a mark of their own stand first. */
static const struct row {
	struct parse_form form;
	uint8_t carrier;
	const char *begin, *has;
} rows[] = {
	{ { "h248", TRACE_PROTO_MEGACO, NULL }, 0, "MEGACO/", "" },
	{ { "h248", TRACE_PROTO_MEGACO, NULL }, 0, "!/", "" },
	{ { "sdp", TRACE_PROTO_SIP, "application/sdp" }, 0, "v=0", "\no=" },
	{ { "manscdp", TRACE_PROTO_SIP, "Application/MANSCDP+xml" }, 0, "<",
	    "<CmdType" },
	{ { "mansrtsp", TRACE_PROTO_SIP, "Application/MANSRTSP" }, 0, "",
	    "RTSP/1.0" },
	{ { "stun", TRACE_PROTO_STUN, NULL }, DECODE_UDP, NULL, NULL },
	{ { "diameter", TRACE_PROTO_DIAMETER, NULL }, DECODE_SCTP, NULL, NULL },
	{ { "isup", TRACE_PROTO_ISUP, NULL }, DECODE_SCTP, NULL, NULL },
	{ { "isup", TRACE_PROTO_ISUP, NULL }, DECODE_MTP3, NULL, NULL },
	{ { "tls", TRACE_PROTO_TLS, NULL }, DECODE_TCP, NULL, NULL },
	{ { "isup", TRACE_PROTO_SIP, "application/isup" }, 0, NULL, NULL },
	{ { "dns", TRACE_PROTO_DNS, NULL }, 0, NULL, NULL },
};

#define DNS_HEAD 12

/* All of ISUP, from its type on, can be read (RFC 3204). */
static bool
is_body_of_isup(struct str bytes, const char *type)
{
	struct msg_notes notes;
	bool is = bytes.n > 0 && msg_annotate_alone(bytes, type, &notes) == 0;

	for (size_t i = 0; is && i < notes.n; i++)
		if (notes.lines[i].problem.n > 0)
			bytes.n = 0;
	if (is)
		msg_notes_free(&notes);
	return is && bytes.n > 0;
}

/* *BYTES are what R's carrier carries, and become that as a trace has it. */
static bool
parse_command_is_carried(
    const struct row *r, struct str *bytes, struct buf *room)
{
	const struct datagram d = { .payload = *bytes };
	enum capture_remark_kind why;
	LOCAL_BUF name = BUF_INIT;
	struct str message = *bytes;
	const char *at;
	bool is = (r->carrier == DECODE_UDP
			  ? other_protocols_datagram(&d, &name)
			  : other_protocols_signalling(r->carrier, &message,
				room, &name, &why)) == r->form.proto;

	/* Behind a label nothing but a whole message shows what it is. */
	if (is && r->carrier == DECODE_MTP3)
		is = other_protocols_fault(r->form.proto, message, &at) == NULL;
	if (is)
		*bytes = message;
	return is;
}

static bool
is_form(const struct row *r, struct str *bytes, struct buf *room)
{
	const char *at;

	if (r->begin != NULL)
		return str_starts(str_trim(*bytes), r->begin) &&
		       str_find(*bytes, r->has) >= 0;
	if (r->carrier == DECODE_TCP)
		return other_protocols_begins_tls(*bytes);
	if (r->carrier != 0)
		return parse_command_is_carried(r, bytes, room);
	if (r->form.type != NULL)
		return is_body_of_isup(*bytes, r->form.type);
	return bytes->n >= DNS_HEAD &&
	       other_protocols_fault(r->form.proto, *bytes, &at) == NULL;
}

/* The form of *BYTES, of those called NAME (NULL: of all), which become the
 * message as a trace has it, in ROOM where it stands otherwise in them; with
 * NAME the last of these where they are none.  NULL: they are no such message,
 * or there is no form called so. */
static const struct parse_form *
parse_form_find(struct str *bytes, const char *name, struct buf *room)
{
	const struct parse_form *last = NULL;

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct parse_form *form = &rows[i].form;

		if (name != NULL && strcmp(form->name, name) != 0)
			continue;
		if (is_form(&rows[i], bytes, room))
			return form;
		last = name != NULL ? form : NULL;
	}
	return last;
}

/* "sip, sdp, …" */
static void
parse_form_list(struct buf *out)
{
	buf_puts(out, "sip");
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (str_find(buf_view(out), rows[i].form.name) < 0)
			buf_printf(out, ", %s", rows[i].form.name);
}

/* BYTES, a text of hexadecimal digits, as the octets that they stand for into
 * OUT, which is empty; false: they are no such text. */
static bool
parse_form_unhex(struct str bytes, struct buf *out)
{
	unsigned octet = 0, digits = 0;

	for (size_t i = 0; i < bytes.n; i++) {
		char c = bytes.p[i];

		if (chr_hex(c) >= 0) {
			octet = octet << 4 | (unsigned)chr_hex(c);
			if (++digits % 2 == 0)
				buf_putc(out, (char)(octet & 0xff));
		} else if ((!chr_is_space(c) && c != ':') || digits % 2 != 0) {
			return false;
		}
	}
	return digits > 0 && digits % 2 == 0 && out->err == 0;
}

/* The fault of a message; SENTENCE is empty where there is none. */
struct parse_fault {
	struct buf sentence;
	unsigned line; /* from 1; 0: of none */
};

/* ---- libosip2 ---- */

#define OSIP_MEMORY (UINT64_C(256) << 20)
#define OSIP_CPU_NS INT64_C(2000000000)

/* A message, and the sentence about it. */
struct osip_reading {
	struct str bytes;
	struct buf *out;
};

/* In a process of its own, for it crashes on some messages: what it loses, or a
 * NUL where it rejects them. */
static int
osip_reading_try(void *arg, uint64_t job, struct buf *out)
{
	int err = sip_osip_read(((struct osip_reading *)arg)->bytes, out);

	(void)job;
	if (err != ERR_SYNTAX)
		return err;
	buf_clear(out);
	buf_putc(out, '\0');
	return out->err;
}

static int
osip_reading_tell(void *arg, uint64_t job, enum job_end end, struct str said,
    const char *what, struct diag *d)
{
	struct buf *out = ((struct osip_reading *)arg)->out;
	const char *version = sip_engine_version();

	(void)job, (void)what, (void)d;
	if (end == JOB_CRASH) {
		buf_printf(out, _("libosip2 %s crashes on it."), version);
	} else if (end != JOB_DONE) {
		return 0;
	} else if (said.n == 0) {
		buf_printf(out, _("libosip2 %s reads all of it."), version);
	} else if (said.p[0] == '\0') {
		buf_printf(out, _("libosip2 %s rejects it."), version);
	} else {
		buf_printf(
		    out, _("libosip2 %s reads it, but loses: "), version);
		utf8_add_safe(out, said);
	}
	return out->err;
}

/* What libosip2 makes of BYTES, a sentence; nothing where the machine can't
 * tell. */
static void
put_osip_reading(struct str bytes, struct buf *out)
{
	struct osip_reading r = { bytes, out };
	struct diag d = { 0 };
	struct jobs j = { .at_once = 1,
		.bounds = { .memory = OSIP_MEMORY,
		    .cpu = OSIP_CPU_NS,
		    .said = 2 * MSG_MAX_BYTES },
		.work = osip_reading_try,
		.done = osip_reading_tell,
		.arg = &r,
		.closed = -1 };

	if (jobs_do(&j, &d) != 0)
		buf_clear(out);
}

/*
 * Explains BYTES, in lines as C's options ask or as JSON, and appends that to
 * OUT.  FAULT->sentence is to be freed.  0 or ERR_NOMEM.
 */
static int
explain_message(const struct cli *c, struct str bytes, struct buf *out,
    struct parse_fault *fault)
{
	const struct annotate_text_options options = { .width = c->width,
		.theme = cli_theme(c) };
	struct str rest, line = str_trim(str_cut(bytes, '\n', &rest));
	LOCAL_BUF osip = BUF_INIT;
	struct msg_notes notes;
	int err = msg_annotate(bytes, &notes);

	*fault = (struct parse_fault){ BUF_INIT, 0 };
	if (err != 0)
		return err;
	if (notes.fault != MSG_FAULT_NONE) {
		msg_notes_fault(&notes, &fault->sentence);
		if (notes.first.fault == MSG_FAULT_START_LINE && bytes.n > 0 &&
		    chr_is_space(bytes.p[0]))
			buf_puts(&fault->sentence,
			    _("; remove the spaces before it and before the "
			      "lines below"));
		else if (notes.first.fault == MSG_FAULT_START_LINE &&
			 str_chr(line, ' ') > 0 &&
			 str_chr(line, ' ') == str_rchr(line, ' '))
			buf_puts(
			    &fault->sentence, _("; it must end with SIP/2.0"));
		fault->line = msg_notes_line(&notes, bytes);
	}
	put_osip_reading(bytes, &osip);
	err = c->json ? annotate_json(&notes, buf_view(&fault->sentence),
			    fault->line, buf_view(&osip), out)
		      : annotate_text(&notes, &options, out);
	if (!c->json && osip.n > 0)
		buf_printf(out, "\n%s\n", buf_cstr(&osip));
	msg_notes_free(&notes);
	return err != 0 ? err : fault->sentence.err;
}

/* ---- forms other than SIP ---- */

/* As in a message of SIP, of a body that stands alone, or of ISUP with its
 * label. */
static int
explain_notes(const struct cli *c, const struct parse_form *form,
    struct str bytes, struct buf *out, struct buf *fault)
{
	const struct annotate_text_options options = { .width = c->width,
		.theme = cli_theme(c) };
	struct msg_notes notes;
	int err = form->type != NULL
		      ? msg_annotate_alone(bytes, form->type, &notes)
		      : msg_annotate_signal(bytes, &notes);

	if (err == ERR_SYNTAX) {
		buf_puts(fault, _("it is not such a message"));
		return fault->err;
	}
	if (err != 0)
		return err;
	for (size_t i = 0; i < notes.n && fault->n == 0; i++) {
		struct str rest, problem = buf_view(&notes.lines[i].problem);

		buf_str(fault, str_cut(problem, '\n', &rest));
	}
	err = c->json ? annotate_json(&notes, buf_view(fault), 0, STR_NULL, out)
		      : annotate_text(&notes, &options, out);
	msg_notes_free(&notes);
	return err;
}

/* The lines of TEXT as those of a message (docs/TRACE.md). */
static void
put_json_lines(struct str text, struct str fault, struct buf *out)
{
	buf_putc(out, '{');
	json_put_field(out, "fault", fault);
	json_put_field(out, "remarks", STR_NULL);
	json_open(out, "lines", '[');
	while (text.n > 0) {
		struct str line = str_cut(text, '\n', &text);

		json_put_item(out);
		buf_putc(out, '{');
		json_put_field(out, "kind", STR("line"));
		json_put_field(out, "text", line);
		json_put_field(out, "what", STR_NULL);
		buf_putc(out, '}');
	}
	buf_puts(out, "]}\n");
}

/* The list that a trace's messages of PROTO have. */
static int
explain_decoded(const struct cli *c, const struct parse_form *form,
    struct str bytes, struct buf *out, struct buf *fault)
{
	const enum trace_proto proto = form->proto;
	LOCAL(doc_free) struct doc d = DOC_INIT;
	struct buf text = BUF_INIT;
	const char *at, *word = other_protocols_fault(proto, bytes, &at);
	bool is = decoded_doc(str_of(trace_proto_name(proto)), bytes, 0,
	    c->width != 0 ? c->width : 80, &d);
	int err = d.err;

	if (word != NULL)
		buf_puts(fault,
		    trace_refusal_text(trace_refusal_find(str_of(word))));
	/* Else the list says why. */
	if (word != NULL && d.nlines == 0)
		buf_printf(fault, ": %s", i18n_text(at));
	else if (word == NULL && !is)
		buf_puts(fault, _("it is not such a message"));
	if (err == 0 && c->json)
		err = doc_write(&d, &text);
	if (err == 0 && c->json)
		put_json_lines(buf_view(&text), buf_view(fault), out);
	else if (err == 0)
		err = doc_write_colour(&d, cli_theme(c), out);
	buf_end(&text, &err);
	return err != 0 ? err : out->err;
}

/* ERR_SYNTAX with D's sentence: FILE has no readable form, or NAME is no
 * protocol. */
static int
refuse_form(const char *file, const char *name, struct diag *d)
{
	LOCAL_BUF list = BUF_INIT;

	parse_form_list(&list);
	if (name != NULL)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("--protocol: “%s” is not known; use one of %s"), name,
		    buf_cstr(&list));
	return diag_set(d, ERR_SYNTAX, file, 0,
	    _("is not a message that parse recognizes: %s; --protocol=NAME "
	      "says which it is"),
	    buf_cstr(&list));
}

/* BYTES have nothing of SIP: their first line says no version, and none is a
 * field that is known. */
static bool
is_no_sip(struct str bytes)
{
	struct str rest, line = str_cut(bytes, '\n', &rest), value;

	if (str_find(line, "SIP/") >= 0 || str_trim(bytes).n == 0 ||
	    msg_method_find(str_cut(line, ' ', &value)) != MSG_OTHER)
		return false;
	while (rest.n > 0) {
		line = str_cut(str_cut(rest, '\n', &rest), ':', &value);
		if (msg_header_find(str_trim(line)) != MSG_H_OTHER)
			return false;
	}
	return true;
}

/* What the message is of: --protocol, else its content.  BYTES may become what
 * they stand for, in ROOM.  *FORM: NULL for SIP. */
static int
parse_command_find_form(const struct cli *c, const char *file,
    struct str *bytes, struct buf room[2], const struct parse_form **form,
    struct diag *d)
{
	bool sip = c->protocol != NULL && strcmp(c->protocol, "sip") == 0;

	*form = NULL;
	if (sip || (c->protocol == NULL && !is_no_sip(*bytes)))
		return 0;
	if (parse_form_unhex(*bytes, &room[0]))
		*bytes = buf_view(&room[0]);
	*form = parse_form_find(bytes, c->protocol, &room[1]);
	return *form != NULL ? 0 : refuse_form(file, c->protocol, d);
}

/* ERR_SYNTAX with D's sentence where BYTES, those of FILE, are no text: not
 * even their first line is. */
static int
parse_command_check_text(struct str bytes, const char *file, struct diag *d)
{
	struct str rest, line = str_cut(bytes, '\n', &rest);

	for (size_t i = 0, used; i < line.n; i += used) {
		uint32_t c = utf8_decode(str_slice(line, i, line.n), &used);

		if ((c >= ' ' || chr_is_space((char)c)) &&
		    (c != UTF8_BAD || used > 1))
			continue;
		return diag_set(d, ERR_SYNTAX, file, 1,
		    _("is not text, so it is not a SIP message: byte %zu of "
		      "its first line is 0x%02X"),
		    i + 1, (unsigned char)line.p[i]);
	}
	return 0;
}

static int
explain_bytes(const struct cli *c, const struct parse_form *form,
    struct str bytes, const char *file, struct buf *out,
    struct parse_fault *fault, struct diag *d)
{
	int err;

	if (form != NULL && form->type == NULL &&
	    form->proto != TRACE_PROTO_ISUP)
		return explain_decoded(c, form, bytes, out, &fault->sentence);
	if (form != NULL)
		return explain_notes(c, form, bytes, out, &fault->sentence);
	err = parse_command_check_text(bytes, file, d);
	return err == 0 ? explain_message(c, bytes, out, fault) : err;
}

static int
parse_command_run(struct cli *c, int argc, char **argv, struct diag *d)
{
	LOCAL_BUF bytes = BUF_INIT, out = BUF_INIT;
	struct buf room[2] = { BUF_INIT, BUF_INIT };
	struct parse_fault fault = { BUF_INIT, 0 };
	const struct parse_form *form = NULL;
	struct str message;
	bool well;
	int err;

	if (argc != 1)
		return cli_refuse_files(
		    c, argc, argv, _("parse needs a FILE with one message"), d);
	if (cli_is_packets(argv[0])) {
		diag_set(d, ERR_SYNTAX, argv[0], 0,
		    _("is a capture, not one SIP message; rung show -m shows "
		      "its messages, rung play explains them line by line"));
		return CLI_USAGE;
	}
	err = buf_read_file(&bytes, argv[0], 2 * MSG_MAX_BYTES);
	if (err == ERR_IO && errno == ENOENT && cli_is_playable(argv[0]))
		diag_set(d, err, NULL, 0,
		    _("%s is not a SIP message; rung show -m %s shows the "
		      "messages of its run"),
		    argv[0], argv[0]);
	else if (err == ERR_IO && errno == ENOENT && strchr(argv[0], ' '))
		diag_set(d, err, NULL, 0,
		    _("parse reads a FILE that contains a message, not “%s”"),
		    argv[0]);
	else if (err == ERR_IO)
		diag_set(d, err, argv[0], 0, _("can't be read: %s"),
		    err_system(errno));
	else if (err == ERR_LIMIT)
		diag_set(d, err, argv[0], 0,
		    _("is longer than %d bytes, too long for a SIP "
		      "message"),
		    2 * MSG_MAX_BYTES);
	if (err == 0)
		err = file_kind_refuse(buf_view(&bytes), argv[0], 0, d);
	message = buf_view(&bytes);
	if (err == 0 && bytes.n == 0)
		err = diag_set(d, ERR_SYNTAX, argv[0], 0, _("is empty"));
	if (err == 0)
		err = parse_command_find_form(
		    c, argv[0], &message, room, &form, d);
	if (err == 0)
		err = explain_bytes(c, form, message, argv[0], &out, &fault, d);
	if (err == 0)
		cli_print(c, &out, d);
	/* The same once more for readers of the errors alone. */
	well = fault.sentence.n == 0;
	if (err == 0 && !well)
		diag_set(d, ERR_SYNTAX, argv[0], fault.line, "%s",
		    buf_cstr(&fault.sentence));
	diag_fail(d, err);
	buf_free(&fault.sentence);
	buf_free(&room[0]);
	buf_free(&room[1]);
	return err == 0 && well ? CLI_OK : CLI_USAGE;
}

static const struct cli_option parse_options[] = { CLI_JSON_OPTION,
	{ "protocol", 0, "NAME",
	    N_("names the protocol, if the content does not show it: sip, sdp, "
	       "isup …"),
	    cli_set_protocol },
	{ 0 } };

static const struct cli_example parse_examples[] = {
	{ "rung parse message.sip",
	    N_("line by line, with the sections of the RFCs") },
	{ "rung parse iam.hex",
	    N_("ISUP, Diameter, DNS or STUN as hexadecimal digits") },
	{ NULL, NULL },
};

const struct cli_command cli_parse = {
	.name = "parse",
	.usage = "FILE",
	.text = N_("explains one message line by line"),
	.purpose = N_("Explains one message line by line: the purpose of each "
		      "line, its value, the section that defines it, and what "
		      "is wrong with it."),
	.about =
	    N_("Explains each line of a SIP message: its purpose, its value, "
	       "the section that defines it, and what is wrong with it. It "
	       "also reads SDP, ISUP, Diameter, H.248, DNS, STUN, TLS and "
	       "bodies of GB/T 28181, as octets or as hexadecimal digits. The "
	       "exit status is 2 if the message is malformed."),
	.examples = parse_examples,
	.options = parse_options,
	.fn = parse_command_run,
};
