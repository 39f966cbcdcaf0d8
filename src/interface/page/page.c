/*
 * The engine in a page's worker: requests of a script as bytes in its memory,
 * answers as bytes in it.  Built by make page alone.
 */
#include "page/page.h"

#include "base/buf.h"
#include "service/service.h"

static struct service *service;
static struct buf request, answer;

char *
page_room(unsigned n)
{
	buf_clear(&request);
	return buf_reserve(&request, n) == 0 ? request.p : NULL;
}

int
page_ask(unsigned n)
{
	if (service == NULL && service_create(&service) != 0)
		return -1;
	buf_clear(&answer);
	return service_answer(service, (struct str){ request.p, n }, &answer);
}

const char *
page_answer(void)
{
	return answer.p;
}

unsigned
page_answer_length(void)
{
	return (unsigned)answer.n;
}
