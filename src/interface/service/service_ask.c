/* Requests that ask and judge. */
#include "service/service_in.h"

static struct engine_question
question_of(const struct service_request *r)
{
	return (struct engine_question){ .asks = (enum engine_asks)r->asks,
		.branch = r->branch,
		.seq = (uint64_t)r->record,
		.nth = r->nth };
}

int
service_question(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	const struct engine_question q = question_of(r);

	json_put_key(out, "question");
	return engine_question(s->engine, &q, out, d);
}

int
service_verdict(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	const struct engine_question q = question_of(r);

	json_put_key(out, "verdict");
	return engine_verdict(s->engine, &q,
	    r->text != NULL ? str_of(r->text) : STR_NULL, out, d);
}
