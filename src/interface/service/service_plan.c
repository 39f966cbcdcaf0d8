/* A lesson's plan, told for a page that holds the lesson. */
#include "service/service_in.h"

#include "draw/paper.h"
#include "lesson/plan.h"

/* Those of LINES that are STEP's. */
static void
service_plan_put_lines(struct buf *out, const char *key,
    const struct plan_line *lines, size_t n, size_t step)
{
	json_open(out, key, '[');
	for (size_t i = 0; i < n; i++) {
		if (lines[i].step != step)
			continue;
		json_put_item(out);
		json_put_str(out, lines[i].text);
	}
	buf_putc(out, ']');
}

static void
service_plan_put_step(const struct plan *p, size_t i, struct buf *out)
{
	const struct plan_step *step = &p->steps[i];

	json_open(out, NULL, '{');
	json_put_int(out, "from", step->from);
	json_put_int(out, "to", step->to);
	json_put_field(out, "title", step->title);
	paper_json_html(out, "text", step->text);
	json_put_field(out, "lab", step->lab);
	json_put_field(out, "moment", step->moment);
	json_put_field(out, "says", step->ask);
	json_put_field(out, "vote", step->vote);
	json_put_int(out, "right", (int64_t)step->right);
	json_open(out, "options", '[');
	for (size_t k = 0; k < step->noptions; k++) {
		json_put_item(out);
		json_put_str(out, step->options[k]);
	}
	buf_putc(out, ']');
	service_plan_put_lines(out, "sheets", p->sheets, p->nsheets, i);
	service_plan_put_lines(out, "figures", p->figures, p->nfigures, i);
	buf_putc(out, '}');
}

int
service_plan(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	struct plan p;
	int err = plan_read(&p, str_of(r->text), "plan", d);

	(void)s;
	json_put_field(out, "title", p.title);
	paper_json_html(out, "aim", p.aim);
	json_put_int(out, "minutes", p.n > 0 ? p.steps[p.n - 1].to : 0);
	json_open(out, "steps", '[');
	for (size_t i = 0; err == 0 && i < p.n; i++)
		service_plan_put_step(&p, i, out);
	buf_putc(out, ']');
	paper_json_html(out, "wrong", p.wrong);
	paper_json_html(out, "homework", p.homework);
	return err;
}
