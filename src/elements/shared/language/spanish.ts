/** The words of all elements in Spanish. */
import type { Words } from './english.js';

export const spanish: Words = {
  'status.idle': 'Sin conexión',
  'status.connecting': 'Conectando…',
  'status.ready': 'Conectado',
  'status.stale': 'Conectado, pero el lector no responde',
  'status.reconnecting': 'Conexión perdida, reintentando…',
  'status.failed': 'Sin conexión',
  'status.closed': 'Cerrado',
  'status.no-reader': 'No hay lector',
  'status.open': 'Conectar',
  'status.close': 'Desconectar',
  'status.take-over': 'Tomar el control',

  'error.timeout': 'El lector no respondió a tiempo.',
  'help.timeout':
    'Compruebe que el lector está encendido y libre. Aun así la orden puede haberse ejecutado: mire el lector antes de enviarla otra vez.',
  'error.aborted': 'Esta página abandonó la petición.',
  'help.aborted': 'Si ya se había enviado, el lector aún puede ejecutarla.',
  'error.connection-lost': 'Se perdió la conexión con el lector.',
  'help.connection-lost':
    'Compruebe la alimentación y la red del lector y vuelva a conectar. Una orden en curso puede haberse ejecutado: nada se vuelve a enviar por sí solo.',
  'error.not-connected': 'No hay conexión con el lector.',
  'help.not-connected': 'Abra primero la conexión.',
  'error.unreachable': 'No se puede alcanzar el lector.',
  'help.unreachable':
    'Compruebe la dirección y que el lector está encendido y en la misma red. Si la dirección empieza por wss, abra la misma dirección con https en otra pestaña y acepte su certificado: una página no puede distinguir un certificado desconocido de un lector apagado.',
  'error.offline': 'Este dispositivo no tiene red.',
  'help.offline': 'Conéctelo a la red del lector. La conexión se abrirá de nuevo en cuanto vuelva la red.',
  'error.bad-url': 'La dirección del lector no se puede usar.',
  'help.bad-url': 'Ponga en el atributo url una dirección como wss://reader.example o ws://127.0.0.1:8080.',
  'error.insecure-url': 'La dirección del lector no está cifrada.',
  'help.insecure-url':
    'Use una dirección wss. El ws sin cifrar solo se acepta para este equipo (localhost) o con el atributo allow-insecure; una página cargada por https no puede usarlo.',
  'error.in-use': 'Otro elemento de esta página ya usa esta dirección.',
  'help.in-use': 'Mantenga un solo elemento por lector y dirija los demás a él con su atributo for.',
  'error.not-chosen': 'Aún no se ha elegido ningún lector USB para esta página.',
  'help.not-chosen':
    'Conecte el lector, abra la conexión con un clic y elíjalo en la lista del navegador. Después la página lo abre sin preguntar.',
  'error.unsupported': 'Este navegador no puede alcanzar el lector de esta manera.',
  'help.unsupported':
    'Los lectores USB necesitan Chrome o Edge en un ordenador y una página cargada por https. Si no, conecte el lector por la red.',
  'error.bad-hex': 'La orden no es texto hexadecimal.',
  'help.bad-hex': 'Use pares de los dígitos 0 a 9 y A a F.',
  'error.bad-message': 'Estos bytes no son un mensaje MMS.',
  'help.bad-message': 'Compare los bytes con la lista de órdenes. No se envía nada, y lo que llegó dañado no se usa.',
  'error.rejected': 'El lector rechazó la orden.',
  'help.rejected': 'El detalle dice el motivo. Termine lo que hace el lector o corrija los parámetros.',
  'error.not-completed': 'El lector terminó sin resultado.',
  'error.bad-amount': 'El importe no se puede cobrar.',
  'help.not-completed': 'Puede que la persona haya cancelado o que se acabara el tiempo. Pregunte y empiece de nuevo.',
  'help.bad-amount':
    'Indique el importe como texto decimal, por ejemplo «4.60», mayor que cero y sin más decimales que la moneda, y la moneda con su código de tres letras.',
  'error.bad-option': 'Una opción de la venta no se puede usar.',
  'help.bad-option': 'El detalle nombra la opción y lo que acepta.',
  'error.transaction-in-progress': 'Ya hay una venta en curso.',
  'help.transaction-in-progress': 'Espere a que termine o cancélela.',
  'error.duplicate-transaction': 'Ya se inició una venta con este identificador.',
  'help.duplicate-transaction':
    'Pregunte al servicio de pago cómo terminó. Use un identificador nuevo solo para otra venta: si no, se cobraría dos veces.',
  'error.authorize-failed': 'No se pudo obtener la decisión del servicio de pago.',
  'help.authorize-failed': 'Pregunte al servicio de pago si la venta fue aprobada antes de volver a cobrar.',
  'error.listener-failed': 'Una función de esta página produjo un error.',
  'help.listener-failed': 'Vea la causa. Las demás funciones se llamaron igualmente.',
  'error.mixed-content': 'Esta página se cargó por https y no puede abrir conexiones sin cifrar.',
  'help.mixed-content':
    'Use una dirección wss; a todo lector que habla WebSocket se le puede dar un certificado. Desde una página así solo se alcanza con ws este mismo equipo (localhost), y no en todos los navegadores.',
  'error.permission-needed':
    'El navegador tiene que preguntar si esta página puede alcanzar dispositivos de la red local.',
  'help.permission-needed':
    'Abra la conexión con un clic y permítala cuando el navegador pregunte: nunca se pregunta por sí solo. Si la página está en un marco, la página que lo rodea debe pasar el permiso: <iframe allow="local-network; loopback-network">.',
  'error.permission-denied': 'El navegador no deja que esta página alcance dispositivos de la red local.',
  'help.permission-denied':
    'Permita «red local» para esta página en los ajustes del sitio (el icono junto a la dirección) y abra la conexión de nuevo. Si la página está en un marco, la página que lo rodea debe pasar el permiso: <iframe allow="local-network; loopback-network">.',
};
