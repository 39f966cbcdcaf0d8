/*
 * Inputs in a link: an object with their own (docs/TRACE.md), and what came
 *from outside.
 *
 *	{"inputs":{…},"same":"…","arrivals":[…]}
 *
 * A lab of rung's own that is as it came is not written out: its script is
 * missing, the texts that it names are empty, and `same` is the sum of all
 * these, by which another version of the lab is told.
 */
#include "inputs/inputs.h"

#include "base/err.h"
#include "base/mem.h"
#include "inputs/share_labs.h"
#include "sound/wav.h"
#include "trace/link.h"

#include <string.h>

/* What is left out of IN, each with the NUL behind it. */
static uint64_t
sum_of_texts(const struct inputs *in)
{
	uint64_t h = STR_HASH_START;
	const char *texts[] = { in->script, in->topology };

	for (size_t i = 0; i < 2 + in->nprograms; i++) {
		const char *s = i < 2 ? texts[i] : in->programs[i - 2].text;

		if (s != NULL)
			h = str_hash_add(h, (struct str){ s, strlen(s) + 1 });
	}
	return str_hash_end(h);
}

/* The texts of IN's lab, of those that IN names, into OWN, to be freed in any
 * case.  0 or D's error. */
static int
read_own_texts(struct inputs *own, const struct inputs *in, struct diag *d)
{
	struct buf b = BUF_INIT;
	const char *text;
	int err;

	*own =
	    (struct inputs){ .supply = in->supply, .supplier = in->supplier };
	err = inputs_supply(own, INPUTS_FOLDER, in->lab, &b, d);
	own->folder = err == 0 ? mem_strdup(buf_cstr(&b)) : NULL;
	buf_clear(&b);
	if (err == 0)
		err = inputs_supply(own, INPUTS_PROGRAM, INPUTS_LAB, &b, d);
	own->script_file = mem_strdup(INPUTS_LAB);
	own->script = err == 0 ? inputs_text_of(&b) : NULL;
	buf_free(&b);
	if (err == 0 && (own->folder == NULL || own->script_file == NULL ||
			    own->script == NULL))
		err = ERR_NOMEM;
	if (err == 0)
		err = inputs_find_topology(own, in->topology_file, d);
	for (size_t i = 0; err == 0 && i < in->nprograms; i++) {
		const char *file = in->programs[i].file;

		err = inputs_get_program(own,
		    wav_is_named(str_of(file)) ? INPUTS_SOUND : INPUTS_PROGRAM,
		    file, &text, d);
	}
	return err;
}

/* ---- writing ---- */

/* IN is a lab of rung's own, as it is here. */
static bool
is_own_lab(const struct inputs *in)
{
	struct diag d = DIAG_INIT;
	struct inputs own = { .lab = NULL };
	bool is = in->lab != NULL && share_is_own(in->lab) &&
		  in->script != NULL && in->topology != NULL &&
		  read_own_texts(&own, in, &d) == 0 &&
		  sum_of_texts(&own) == sum_of_texts(in);

	inputs_free(&own);
	return is;
}

static void
leave_texts_out(struct inputs *in)
{
	mem_free(in->script);
	in->script = NULL;
	in->topology[0] = '\0';
	for (size_t i = 0; i < in->nprograms; i++)
		in->programs[i].text[0] = '\0';
}

/* What a link can't hold. */
static int
check_firmware(const struct inputs *in, struct diag *d)
{
	for (size_t i = 0; i < in->nfirmware; i++)
		if (in->firmware[i].name[0] != '\0')
			return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
			    _("a link has no room for the firmware “%s”; hand "
			      "over the files"),
			    in->firmware[i].name);
	return 0;
}

int
inputs_link(
    const struct inputs *in, const char *page, struct buf *out, struct diag *d)
{
	struct inputs copy;
	struct buf json = BUF_INIT;
	bool own = is_own_lab(in);
	int err = inputs_copy(&copy, in, UINT64_MAX, INT64_MAX);

	if (err == 0 && own)
		leave_texts_out(&copy);
	else if (err == 0)
		err = check_firmware(in, d);
	if (err == 0) {
		json_open(&json, NULL, '{');
		json_put_key(&json, "inputs");
		inputs_write(&copy, &json);
		if (own)
			json_put_hash(&json, "same", sum_of_texts(in));
		inputs_write_arrivals(in, &json);
		buf_putc(&json, '}');
		err = json.err;
	}
	if (err == 0)
		err = link_put(buf_view(&json), page, out, d);
	inputs_free(&copy);
	buf_free(&json);
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}

/* ---- reading ---- */

/* The texts of the lab that IN names, which have the sum SAME. */
static int
take_own_texts(struct inputs *in, uint64_t same, struct diag *d)
{
	struct inputs own = { .lab = NULL }, was;
	int err = 0;

	if (in->lab == NULL || in->topology_file == NULL ||
	    !share_is_own(in->lab))
		err = diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("the link is of a lab that this rung does not have: %s"),
		    in->lab != NULL ? in->lab : "?");
	if (err == 0)
		err = read_own_texts(&own, in, d);
	if (err == 0 && sum_of_texts(&own) != same)
		err = diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("the lab “%s” is another here than where the link was "
		      "made: it was changed, or rung's version is another"),
		    in->lab);
	if (err == 0) {
		/* What is not the lab's goes where the lab's was, and is freed
		 * with it. */
		was = *in;
		in->folder = own.folder;
		in->script_file = own.script_file;
		in->script = own.script;
		in->topology = own.topology;
		in->programs = own.programs;
		in->nprograms = own.nprograms;
		own.folder = was.folder;
		own.script_file = was.script_file;
		own.script = was.script;
		own.topology = was.topology;
		own.programs = was.programs;
		own.nprograms = was.nprograms;
	}
	inputs_free(&own);
	return err;
}

static int
take_link_object(struct inputs *in, struct json_value v, struct diag *d)
{
	const struct inputs was = *in;
	struct json_value inputs = json_member(v, "inputs");
	uint64_t same;
	int err;

	err = inputs_from_json(in, inputs);
	in->supply = was.supply;
	in->supplier = was.supplier;
	if (err == 0)
		err = inputs_read_arrivals_of(in, v, d);
	if (err == 0 && json_hash(json_member(v, "same"), &same) == 0)
		return take_own_texts(in, same, d);
	if (err == 0 && in->script == NULL && in->topology == NULL)
		err = ERR_SYNTAX;
	in->linked = true;
	in->nlinked = in->nsettings;
	return err;
}

int
inputs_take_link(struct inputs *in, struct str link, struct diag *d)
{
	struct buf bytes = BUF_INIT;
	struct json_value v;
	struct str rest;
	int err = link_read(link, &bytes, d);

	rest = buf_view(&bytes);
	if (err == 0)
		err = json_read(&rest, &v);
	if (err == 0)
		err = take_link_object(in, v, d);
	buf_free(&bytes);
	if (err == ERR_SYNTAX)
		diag_set(d, err, NULL, 0, "%s",
		    _("what the link holds is no run of rung"));
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}
