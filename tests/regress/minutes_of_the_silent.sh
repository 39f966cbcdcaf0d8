# In the teacher's list somebody who never said where she is had been there as long as the machine
# was on.  Without a lab there is neither a task nor a time.
. tests/fixtures/check.sh
. tests/fixtures/class.sh

mkdir "$work/in"
begin_class -o "$work/in"
row='[...document.querySelectorAll("#a-panel table tr")].filter((r) => (r.querySelector("td div") || r).firstChild.textContent === "7").map((r) => [...r.children].slice(1, 6).map((d) => d.textContent).join(",")).join()'
class_steps << S > "$work/said"
teacher open http://$place/#code=$teacher
teacher wait ready
teacher do openLab('direct-call')
teacher wait ready
student open http://$place/?1#code=$code
student wait ready
student do takeStudent('7'), openLab('direct-call')
student wait ready
student do turnPanel('class', true)
student do handInHere()
student wait /7/.test(document.getElementById('a-said').textContent)
teacher do turnPanel('class', true)
teacher wait $row !== ''
teacher is (async () => { for (let i = 0; i < 100 && $row === ''; i++) await new Promise((d) => setTimeout(d, 50)); return $row; })()
teacher is app.back.ask('who', {}).then((w) => w.who[0].seconds)
student do app.tellsWhere = true, tellWhere()
teacher wait /direct-call|busy|two/.test($row)
teacher is $row.split(',').slice(1, 3)
S
gives "no task and no time, until she says where" ",,,,1
0
1,0" cat "$work/said"
end_class
finish
