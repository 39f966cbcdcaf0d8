/* Requests about a lab's tasks, that ask, judge and hand in. */
#include "service/service_in.h"

#include "base/err.h"
#include "trace/link.h"

/* A request's `work`. */
struct work {
	struct engine_work work;
	struct service_strings links;
	struct service_texts texts;
	struct buf figure;
};

static int
take_work(struct work *w, const struct service_request *r, struct diag *d)
{
	struct json_value v = json_member(r->object, "work");
	struct json_value figure = json_member(v, "figure");
	int err;

	*w = (struct work){ .figure = BUF_INIT };
	if (v.type != JSON_OBJECT && v.type != JSON_NONE)
		return ERR_SYNTAX;
	err = answers_from_json(&w->work.answers, json_member(v, "answers"));
	if (err == 0)
		err = service_take_strings(&w->links, json_member(v, "runs"));
	if (err == 0)
		err = service_take_texts(&w->texts, json_member(v, "texts"), d);
	if (err == 0 && figure.type == JSON_STRING)
		err = json_text(figure, &w->figure);
	w->work.links = (const char *const *)w->links.list;
	w->work.nlinks = w->links.n;
	w->work.texts = w->texts.list;
	w->work.ntexts = w->texts.n;
	w->work.figure = buf_view(&w->figure);
	return err;
}

static void
free_work(struct work *w)
{
	answers_free(&w->work.answers);
	service_free_strings(&w->links);
	service_free_texts(&w->texts);
	buf_free(&w->figure);
}

static struct engine_question
question_of(const struct service_request *r)
{
	return (struct engine_question){ .asks = (enum engine_asks)r->asks,
		.branch = r->branch,
		.seq = (uint64_t)r->record,
		.nth = r->nth,
		.width = r->width };
}

int
service_question(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	struct engine_question q = question_of(r);
	struct work w;
	int err = take_work(&w, r, d);

	q.work = &w.work;
	json_put_key(out, "question");
	if (err == 0)
		err = engine_question(s->engine, &q, out, d);
	free_work(&w);
	return err;
}

int
service_verdict(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	struct engine_question q = question_of(r);
	struct work w;
	int err = take_work(&w, r, d);

	q.work = &w.work;
	json_put_key(out, "verdict");
	if (err == 0)
		err = engine_verdict(s->engine, &q,
		    r->text != NULL ? str_of(r->text) : STR_NULL, out, d);
	free_work(&w);
	return err;
}

int
service_handin(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	const char *address = service_text(r->address);
	struct buf file = BUF_INIT, link = BUF_INIT;
	struct work w;
	int err = take_work(&w, r, d);

	if (err == 0)
		err = engine_handin(s->engine, &w.work,
		    r->date != NULL ? r->date : "", &file, d);
	/* Much work fits into a file alone. */
	if (err == 0 &&
	    link_put(buf_view(&file), address != NULL ? address : "", &link,
		d) == ERR_NOMEM)
		err = ERR_NOMEM;
	json_put_field(out, "file", buf_view(&file));
	json_put_field(out, "link", buf_view(&link));
	free_work(&w);
	buf_free(&file);
	buf_free(&link);
	return err;
}
