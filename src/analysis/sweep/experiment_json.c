/* experiment.json: written, and read back from wherever it comes. */
#include "sweep/experiment.h"

#include "base/err.h"
#include "base/mem.h"
#include "text/json_fields.h"

const struct field experiment_seeds[] = {
	FIELD_AS("from", struct experiment, seed_from, NUMBER, "the first",
	    .flags = FIELD_NEEDED),
	FIELD_AS("to", struct experiment, seed_to, NUMBER, "the last",
	    .flags = FIELD_NEEDED),
	FIELDS_END,
};

const struct field experiment_bounds[] = {
	FIELD(struct sweep_bounds, memory, NUMBER, "bytes; 0: no bound",
	    .flags = FIELD_NEEDED),
	FIELD(struct sweep_bounds, cpu, NUMBER, "ns of computing, the same",
	    .flags = FIELD_NEEDED),
	FIELD_AS("timeout", struct sweep_bounds, wall, NUMBER,
	    "ns of the machine's clock, the same", .flags = FIELD_NEEDED),
	FIELDS_END,
};

void
experiment_write(const struct experiment *e, struct buf *b)
{
	buf_printf(b,
	    "{\"kind\":\"experiment\",\"version\":1,"
	    "\"rung\":\"%s\",\"osip\":\"%s\"",
	    RUNG_VERSION, RUNG_OSIP_VERSION);
	buf_puts(b, ",\n\"seeds\":");
	json_put_object(experiment_seeds, e, b);
	buf_puts(b, ",\n\"set\":[");
	for (size_t i = 0; i < e->nparams; i++) {
		buf_puts(b, i > 0 ? ",\n" : "");
		json_put_str(b, str_of(e->params[i].text));
	}
	buf_puts(b, "],\n\"bounds\":");
	json_put_object(experiment_bounds, &e->bounds, b);
	buf_puts(b, ",\n\"inputs\":");
	inputs_write(&e->in, b);
	inputs_write_arrivals(&e->in, b);
	buf_puts(b, "}\n");
}

static int
bad(const char *name, const char *what, struct diag *d)
{
	return diag_set(d, ERR_SYNTAX, name, 0,
	    _("is no experiment of rung sweep: “%s” is missing or wrong"),
	    what);
}

static int
read_params(
    struct experiment *e, struct json_value v, const char *name, struct diag *d)
{
	struct json_value list = json_member(v, "set"), item;
	struct buf text = BUF_INIT;
	size_t at = 0;
	int err = list.type == JSON_ARRAY ? 0 : bad(name, "set", d);

	while (err == 0 && json_item(list, &at, &item)) {
		buf_clear(&text);
		if (json_cstr(item, &text) != 0)
			err = bad(name, "set", d);
		else
			err = experiment_add_param(e, buf_cstr(&text), d);
	}
	buf_free(&text);
	return err;
}

/* Results of another version of rung would be another experiment's. */
static int
check_version(struct json_value v, const char *name, struct diag *d)
{
	struct buf rung = BUF_INIT, osip = BUF_INIT;
	int64_t version;
	int err = 0;

	if (json_int(json_member(v, "version"), &version) != 0 ||
	    version != 1 || json_text(json_member(v, "rung"), &rung) != 0 ||
	    json_text(json_member(v, "osip"), &osip) != 0)
		err = bad(name, "version", d);
	else if (!str_is(buf_view(&rung), RUNG_VERSION) ||
		 !str_is(buf_view(&osip), RUNG_OSIP_VERSION))
		err = diag_set(d, ERR_UNSUPPORTED, name, 0,
		    _("was begun by rung %s with libosip2 %s; this is rung %s "
		      "with %s, whose runs may be others"),
		    buf_cstr(&rung), buf_cstr(&osip), RUNG_VERSION,
		    RUNG_OSIP_VERSION);
	buf_free(&rung);
	buf_free(&osip);
	return err;
}

int
experiment_read(
    struct experiment *e, struct str text, const char *name, struct diag *d)
{
	struct json_value v, kind;
	struct str rest = text;
	int err;

	memset(e, 0, sizeof(*e));
	if (json_read(&rest, &v) != 0 || v.type != JSON_OBJECT ||
	    str_trim(rest).n > 0)
		return diag_set(d, ERR_SYNTAX, name, 0, _("is no JSON object"));
	kind = json_member(v, "kind");
	if (!str_is(kind.raw, "\"experiment\""))
		return bad(name, "kind", d);
	err = check_version(v, name, d);
	if (err == 0 && (json_take_fields(experiment_seeds,
			     json_member(v, "seeds"), e) != 0 ||
			    e->seed_to < e->seed_from))
		err = bad(name, "seeds", d);
	if (err == 0 && json_take_fields(experiment_bounds,
			    json_member(v, "bounds"), &e->bounds) != 0)
		err = bad(name, "bounds", d);
	if (err == 0)
		err = read_params(e, v, name, d);
	if (err == 0 && inputs_from_json(&e->in, json_member(v, "inputs")) != 0)
		err = bad(name, "inputs", d);
	inputs_use_files(&e->in);
	if (err == 0)
		err = inputs_read_arrivals_of(&e->in, v, d);
	if (err == 0)
		err = experiment_settle(e, d);
	return err;
}
