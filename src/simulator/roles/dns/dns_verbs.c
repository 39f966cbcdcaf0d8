/* What a name server can be told: records that come and go while it runs. */
#include "roles/dns/dns_in.h"

#include "base/err.h"
#include "base/param.h"
#include "role/verb.h"

/* The verb's name and type, and the zone that has the name: 0, or a sentence.
 */
static int
read_place(const struct node_act *a, struct dns_zone **z, struct dns_name *name,
    unsigned *type)
{
	const char *host = node_arg(a->args, "name");
	const char *word = node_arg(a->args, "type");

	if (host == NULL || dns_name_read(str_of(host), NULL, name) != 0)
		return diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("“%s” is no domain name"), host != NULL ? host : "");
	*type = word != NULL ? dns_type_find(str_of(word)) : DNS_TYPE_ANY;
	if (*type == 0)
		return diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("“%s” is no type of records"), word);
	*z = dns_zone_for(a->role, name);
	if (*z == NULL)
		return diag_set(a->d, ERR_NOTFOUND, NULL, 0,
		    _("no zone of this name server has “%s”"), host);
	return 0;
}

/* A line of a master file within Z, whose other lines say nothing. */
static void
write_line(const struct node_act *a, const struct dns_name *name, unsigned type,
    int64_t ttl_ns, struct buf *out)
{
	buf_puts(out, ". 0 SOA . . 1 1 1 1 1\n");
	dns_name_write(name, out);
	buf_puts(out, name->n > 1 ? ". " : " ");
	buf_printf(out, "%lld ", (long long)(ttl_ns / SIM_S));
	dns_type_write(type, out);
	buf_printf(out, " %s\n", node_arg(a->args, "data"));
}

/* Into Z what is said of NAME; targets are relative to Z's apex. */
static int
put_record(const struct node_act *a, struct dns_zone *z,
    const struct dns_name *name, unsigned type)
{
	struct dns_zone *one = NULL;
	struct buf line = BUF_INIT;
	const struct dns_record *r;
	const char *ttl = node_arg(a->args, "ttl");
	int64_t ns = 3600 * SIM_S;
	bool beside = false;
	struct diag d = DIAG_INIT;
	int err = node_arg_bool(a->args, "beside", &beside, a->d);

	if (err == 0 && ttl != NULL && param_time(str_of(ttl), &ns) != 0)
		err = diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("“%s” is no TTL; expected something like “5min”"), ttl);
	if (err != 0)
		return err;
	write_line(a, name, type, ns, &line);
	err = line.err;
	if (err == 0 && dns_zone_read(&one, buf_view(&line), NULL,
			    dns_zone_apex(z), &d) != 0)
		err = diag_set(a->d, d.err, NULL, 0, "%s", d.text);
	if (err == 0 && dns_zone_get(one, name, type, &r) == 1) {
		if (!beside)
			dns_zone_remove(z, name, type);
		err = dns_zone_add(z, name, type, r->ttl, r->data);
		if (err == ERR_SYNTAX)
			diag_set(a->d, err, NULL, 0,
			    _("%s has a CNAME beside other data"),
			    node_arg(a->args, "name"));
	}
	dns_zone_destroy(one);
	buf_free(&line);
	return err;
}

static int
dns_verb_put(const struct node_act *a)
{
	struct dns_zone *z;
	struct dns_name name;
	unsigned type = 0;
	int err = read_place(a, &z, &name, &type);

	if (err == 0 &&
	    (node_arg(a->args, "data") == NULL || type == DNS_TYPE_ANY))
		err = diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("a record has a type and data, such as “A” and "
		      "“192.0.2.9”"));
	if (err == 0)
		err = put_record(a, z, &name, type);
	return err;
}

static int
dns_verb_erase(const struct node_act *a)
{
	struct dns_zone *z;
	struct dns_name name;
	unsigned type;
	int err = read_place(a, &z, &name, &type);

	if (err == 0)
		a->result->value = dns_zone_remove(z, &name, type) > 0;
	if (err == 0 && !a->result->value)
		err = diag_set(
		    a->d, ERR_NOTFOUND, NULL, 0, _("there is no such record"));
	return err;
}

const struct node_verb dns_verbs[] = {
	/* clang-format off */
	DNS_VERBS(NODE_VERB)
	{ 0 },
	/* clang-format on */
};
