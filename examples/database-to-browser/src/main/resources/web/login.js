// The login of the demonstration: the token is name and password, kept for this tab alone.

const KEY = 'laundry-user';

export class Login {
  /** Who is logged in, or null. */
  name;

  constructor(form, shown) {
    const token = sessionStorage.getItem(KEY);
    this.name = token === null ? null : token.slice(0, token.indexOf(':'));
    this.token = () => token;
    form.hidden = this.name !== null;
    shown.hidden = this.name === null;
    shown.querySelector('#who').textContent = this.name ?? '';
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      again(`${form.elements.name.value}:${form.elements.password.value}`);
    });
    shown.querySelector('#logout').addEventListener('click', () => again(null));
  }

  /** Returns whether the user is one of the staff, as the server lists them. */
  async mayAct() {
    if (this.name === null) return false;
    const staff = await (await fetch('staff.json')).json();
    return staff.includes(this.name);
  }
}

/** Loads the page anew, for another user. */
function again(token) {
  if (token === null) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, token);
  location.reload();
}
