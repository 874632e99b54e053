// Buttons that make or use a passkey. data-passkey: "make" or "use"; data-form: the form that takes
// the answer in its field named credential; data-options: the element or address with the question.
(() => {
  const say = (button, words) => {
    const place = document.getElementById(button.dataset.says)
    place.textContent = words
    place.hidden = false
  }

  const question = async (button) => {
    const place = document.getElementById(button.dataset.options)
    if (place) return JSON.parse(place.textContent)
    const answer = await fetch(button.dataset.options, { headers: { Accept: 'application/json' } })
    if (!answer.ok) throw new Error('no question')
    return answer.json()
  }

  const make = async (options) => {
    const wanted = options.creation_options
    Object.assign(wanted.publicKey.authenticatorSelection, {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required'
    })
    return window.webauthnJSON.create(wanted)
  }

  const press = async (button) => {
    const form = document.getElementById(button.dataset.form)
    button.disabled = true
    try {
      const options = await question(button)
      const credential = button.dataset.passkey === 'make'
        ? await make(options)
        : await window.webauthnJSON.get(options.request_options)
      form.elements.credential.value = JSON.stringify(credential)
      form.submit()
    } catch (trouble) {
      const known = trouble.name === 'InvalidStateError'
      say(button, known
        ? 'This device has a passkey for your account already.'
        : 'No passkey was used. Try again, or go another way.')
      button.disabled = false
    }
  }

  for (const button of document.querySelectorAll('button[data-passkey]')) {
    if (!window.PublicKeyCredential) {
      button.disabled = true
      say(button, 'This browser knows no passkeys.')
      continue
    }
    button.addEventListener('click', () => press(button))
  }
})()
